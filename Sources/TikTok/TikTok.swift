enum TikTok {}
