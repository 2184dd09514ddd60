import Domain
import FoundationEssentials

// What answers look like on the wire. Unknown members are ignored, numbers and strings are both read where either has been met, and
// an id that is missing or empty is no id.

/// `{code, message, request_id, data}`, around every answer.
struct Envelope<Payload: Decodable>: Decodable {
    let code: Int
    let message: String
    let requestID: String?
    /// Nil when it is missing or not of the kind that the call answers with.
    let data: Payload?

    private enum CodingKeys: String, CodingKey {
        case code, message, data
        case requestID = "request_id"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        code = try members.decode(Number.self, forKey: .code).value
        message = (try? members.decode(String.self, forKey: .message)) ?? ""
        requestID = (try? members.decode(Opaque.self, forKey: .requestID))?.text
        data = try? members.decode(Payload.self, forKey: .data)
    }
}

/// Documented as an object, shown as an array of one object.
struct UploadedVideo: Decodable, Sendable {
    let id: String

    private struct Object: Decodable {
        let video_id: Opaque
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let object = try? container.decode(Object.self) {
            id = object.video_id.text
            return
        }
        let objects = try container.decode([Object].self)
        guard let object = objects.first, objects.count == 1 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(objects.count) videos")
        }
        id = object.video_id.text
    }
}

struct CreatedTask: Decodable, Sendable {
    let id: String

    private enum CodingKeys: String, CodingKey {
        case id = "task_id"
    }

    init(from decoder: any Decoder) throws {
        id = try decoder.container(keyedBy: CodingKeys.self).decode(Opaque.self, forKey: .id).text
    }
}

struct PolledTask: Decodable, Sendable {
    let id: String?
    let status: String
    let scripts: [RemoteScript]

    private enum CodingKeys: String, CodingKey {
        case status, list
        case id = "task_id"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = try members.decodeIfPresent(Opaque.self, forKey: .id)?.text
        status = try members.decode(String.self, forKey: .status)
        // A task that has not started may come without a list.
        scripts = try members.decodeIfPresent([WireScript].self, forKey: .list)?.map(\.script) ?? []
    }
}

struct ListedScripts: Decodable, Sendable {
    let scripts: [RemoteScript]
    let page: Int
    let pageSize: Int
    let total: Int
    let pages: Int

    private enum CodingKeys: String, CodingKey {
        case list
        case info = "page_info"
    }

    private enum PageKeys: String, CodingKey {
        case page
        case pageSize = "page_size"
        case total = "total_number"
        case pages = "total_page"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        scripts = try members.decode([WireScript].self, forKey: .list).map(\.script)
        let info = try members.nestedContainer(keyedBy: PageKeys.self, forKey: .info)
        page = try info.decode(Number.self, forKey: .page).value
        pageSize = try info.decode(Number.self, forKey: .pageSize).value
        total = try info.decode(Number.self, forKey: .total).value
        pages = try info.decode(Number.self, forKey: .pages).value
    }
}

private struct WireScript: Decodable {
    let script: RemoteScript

    private enum CodingKeys: String, CodingKey {
        case title, script
        case id = "script_id"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        script = RemoteScript(
            id: try members.decode(Opaque.self, forKey: .id).text,
            title: try members.decodeIfPresent(String.self, forKey: .title) ?? "",
            text: try members.decode(String.self, forKey: .script))
    }
}

/// An id: a string, or a number that was meant as one. It is never read as a floating-point number, which would round it.
private struct Opaque: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let number = try? container.decode(Int64.self) {
            text = String(number)
        } else {
            // Exact to 38 digits, which a request id of 31 needs.
            text = try container.decode(Decimal.self).description
        }
        guard !text.isEmpty else { throw DecodingError.dataCorruptedError(in: container, debugDescription: "an empty id") }
    }
}

/// An integer, or a string of one.
private struct Number: Decodable {
    let value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int.self) {
            self.value = value
            return
        }
        guard let value = Int(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
        }
        self.value = value
    }
}
