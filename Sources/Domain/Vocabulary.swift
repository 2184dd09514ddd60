/// Where the script comes from; the raw values are the wire's.
package enum ScriptSource: String, Sendable, Codable, CaseIterable {
    case product = "PRODUCT"
    case custom = "CUSTOM"
}

package enum VideoDuration: String, Sendable, Codable, CaseIterable {
    case seconds15 = "15S"
    case seconds30 = "30S"

    package var seconds: Int {
        switch self {
        case .seconds15: 15
        case .seconds30: 30
        }
    }
}

/// The languages scripts are written in. The raw value is the wire's, where `ml` is Malay.
package enum ScriptLanguage: String, Sendable, Codable, CaseIterable {
    case english = "en"
    case german = "de"
    case spanish = "es"
    case french = "fr"
    case indonesian = "id"
    case malay = "ml"
    case vietnamese = "vi"

    package var name: String {
        switch self {
        case .english: "English"
        case .german: "German"
        case .spanish: "Spanish"
        case .french: "French"
        case .indonesian: "Indonesian"
        case .malay: "Malay"
        case .vietnamese: "Vietnamese"
        }
    }

    /// The BCP 47 tag for HTML's `lang`: there `ml` would be Malayalam.
    package var tag: String {
        self == .malay ? "ms" : rawValue
    }

    /// How many words a minute an ad is spoken at, for the estimate of spoken time.
    package var wordsPerMinute: Int {
        switch self {
        case .english: 170
        case .german: 165
        case .spanish, .french: 175
        case .indonesian, .malay: 150
        case .vietnamese: 200
        }
    }
}

/// What the service recommends for the open fields; a team's own words are accepted as well. One industry holds a comma, so these are
/// lists and never one text to split.
package enum Recommended {
    package static let tones = ["All", "Friendly", "Confident", "Professional"]
    package static let pointsOfView = ["All", "From consumer", "From brand"]
    package static let styles = [
        "Recommended", "Authority and trust", "Challenges", "Community", "Comparisons", "Emotional appeal", "Engagement",
        "Engaging questions", "Humor", "Informative", "Lists and inspiration", "Personal stories", "Problem solving", "Product focused",
        "Promotions", "Unique experiences",
    ]
    package static let industries = [
        "All", "Apparel & accessories", "Appliances", "Apps", "Baby, kids & maternity", "Beauty & personal care", "Business services",
        "Comics", "E-commerce (non-app)", "Education", "Financial services", "Food & beverage", "Games", "Health", "Home improvement",
        "Household products", "Life services", "News & entertainment", "Pets", "Sports & outdoor", "Tech & electronics", "Travel",
        "Vehicles & transportation",
    ]
}
