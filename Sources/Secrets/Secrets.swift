enum Secrets {}
