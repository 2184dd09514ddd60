import Domain
import FoundationEssentials
import HTTP

/// A body of JSON as a tree. Numbers are decimal: a price is never a binary fraction.
indirect enum JSONTree: Decodable, Sendable {
    case null
    case flag(Bool)
    case number(Decimal)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let number = try? value.decode(Decimal.self) {
            self = .number(number)
        } else if let list = try? value.decode([JSONTree].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONTree].self))
        }
    }

    /// The member of an object; null for one that is not there, as the service has it.
    subscript(_ name: String) -> JSONTree {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }
}

extension JSONTree {
    /// The body of a request whose type says that it is JSON.
    init(_ request: Request) throws(FormError) {
        let type = request.headers["Content-Type"]?.split(separator: ";").first.map { String($0).trimmed.lowercased() }
        guard type == "application/json" else { throw .unsupportedMediaType }
        switch request.body {
        case .none: throw .malformed
        // More than any brief needs.
        case .file: throw .tooLarge
        case .bytes(let bytes):
            guard let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes)), case .object = tree else { throw .malformed }
            self = tree
        }
    }
}

/// A brief in the shape of the service's create call, read into what the form holds, so that one set of rules is for both.
struct BriefBody {
    private(set) var form = BriefForm()
    private(set) var mistakes: [Mistake] = []

    /// - Parameter videos: those that can be named, by the service's ids.
    init(_ body: JSONTree, videos: [Video]) {
        form.source = text(body["script_source"], .source)
        form.prompt = text(body["custom_prompt"], .prompt)
        form.duration = text(body["video_duration"], .duration)
        form.count = integer(body["script_generation_count"], .count)
        let product = object(body["product_info"], .name, "product_info")
        form.name = text(product["name"], .name)
        form.brand = text(product["brand"], .brand)
        form.description = text(product["description"], .description)
        form.price = decimal(product["price"], .price)
        form.currency = text(product["currency"], .currency)
        form.sellingPoints = lines(product["selling_points"], .sellingPoints)
        let media = object(body["media_list"], .images, "media_list")
        form.images = lines(media["image_url_list"], .images)
        form.videos = texts(media["video_id_list"], .videos).map { id in
            // An id that is not known stays what it is, and is refused with the form's words.
            videos.first { $0.state.remoteID == id }.map { "\($0.id)" } ?? id
        }
        let direction = object(body["script_info"], .tone, "script_info")
        form.tone = text(direction["tone"], .tone)
        form.style = text(direction["style"], .style)
        form.pointOfView = text(direction["point_of_view"], .pointOfView)
        form.language = text(direction["script_language"], .language)
        form.industry = text(direction["relevant_industry"], .industry)
        switch body["notice_acknowledged"] {
        case .flag(true): form.notice = "yes"
        case .flag(false), .null: break
        case .number, .text, .list, .object: note(.notice, "Write true or false.")
        }
    }

    private mutating func note(_ field: BriefField, _ message: String) {
        mistakes.append(Mistake(field, message))
    }

    private mutating func text(_ value: JSONTree, _ field: BriefField) -> String {
        switch value {
        case .null: return ""
        case .text(let text): return text.withLineFeeds
        case .flag, .number, .list, .object:
            note(field, "This has to be a text.")
            return ""
        }
    }

    private mutating func integer(_ value: JSONTree, _ field: BriefField) -> String {
        switch value {
        case .null: return ""
        case .number(let number): return "\(number)"
        case .text, .flag, .list, .object:
            note(field, "This has to be a whole number.")
            return ""
        }
    }

    private mutating func decimal(_ value: JSONTree, _ field: BriefField) -> String {
        switch value {
        case .null: return ""
        case .number(let number): return "\(number)"
        case .text, .flag, .list, .object:
            note(field, "This has to be a number.")
            return ""
        }
    }

    private mutating func object(_ value: JSONTree, _ field: BriefField, _ name: String) -> JSONTree {
        switch value {
        case .null, .object: return value
        case .text, .flag, .list, .number:
            note(field, "\(name) has to be an object.")
            return .null
        }
    }

    private mutating func texts(_ value: JSONTree, _ field: BriefField) -> [String] {
        switch value {
        case .null: return []
        case .list(let values):
            var texts: [String] = []
            for value in values {
                guard case .text(let text) = value else {
                    note(field, "This has to be a list of texts.")
                    return []
                }
                texts.append(text)
            }
            return texts
        case .text, .flag, .number, .object:
            note(field, "This has to be a list of texts.")
            return []
        }
    }

    /// One a line, as the form has them: a text of several lines is no single entry.
    private mutating func lines(_ value: JSONTree, _ field: BriefField) -> String {
        let texts = texts(value, field)
        if texts.contains(where: { $0.contains(where: \.isNewline) }) { note(field, "No entry of this list may hold a line break.") }
        return texts.joined(separator: "\n")
    }
}
