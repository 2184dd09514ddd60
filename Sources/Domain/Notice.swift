/// The legal text that stands, word for word, before every control with which a person names an asset. Failing to show it can end a
/// team's API access, so what was acknowledged is kept with its version.
package enum Notice {
    /// Raised whenever a word of `text` changes.
    package static let version = 1

    package static let text =
        "By uploading assets, you confirm that you have the necessary legal rights to these assets, the assets do not include any user generated content, and you are authorized to grant TikTok permission to scan and modify the assets. You may not upload any assets that would violate TikTok's Ad Policies or Community Guidelines."

    /// The parts of `text` that are links, and where they lead.
    package static let links = [
        (name: "Ad Policies", url: "https://ads.tiktok.com/help/article/tiktok-advertising-policies"),
        (name: "Community Guidelines", url: "https://www.tiktok.com/community-guidelines"),
    ]
}

/// That a person has acknowledged the notice for what they are about to send. Only `init?` makes one, so an asset that reaches the
/// store has been acknowledged.
package struct Acknowledgement: Sendable, Hashable {
    package let version: Int
    package let address: String

    /// - Parameters:
    ///   - checkbox: the value of the form's `notice_acknowledged`; nil or empty is a box left open.
    ///   - address: the address the form came from.
    package init?(checkbox: String?, address: String) {
        guard let checkbox, ["yes", "on", "1", "true"].contains(checkbox) else { return nil }
        version = Notice.version
        self.address = address
    }
}
