import Glibc
import Testing

@testable import Sandbox

struct RuleTests {
    @Test func `every vector of the contract is judged as it says`() async throws {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let file = open("/\(folder)/Vectors/create-task.json", O_RDONLY)
        defer { close(file) }
        let bytes = try #require(readAll(file))
        let vectors = try #require(try JSONParser.parse(bytes, depth: 16).items)
        #expect(vectors.count == 30)
        let stand = try Stand()
        let video = try await stand.video()
        for vector in vectors {
            let name = vector["name"]?.text ?? ""
            let body = try #require(vector["body"]).naming(video)
            let answer = try await stand.call(.create, body)
            if vector["valid"] == .bool(true) {
                #expect(answer.code == 0, "\(name): \(answer.message)")
                #expect(answer[path: "data.task_id"]?.text?.count == 19, "\(name)")
            } else {
                #expect(answer.code == 40002, "\(name)")
                #expect(answer.message.hasPrefix(try #require(vector["field"]?.text) + ":"), "\(name): \(answer.message)")
            }
        }
    }

    @Test(
        arguments: [
            ("script_source", JSONValue.null), ("script_source", "  "), ("script_source", .number(1)),
            ("video_duration", "15s"), ("video_duration", .number(15)), ("video_duration", ""),
            ("script_info", "Friendly"), ("script_info", []),
            ("script_info.tone", .number(1)), ("script_info.style", []), ("script_info.point_of_view", .bool(true)),
            ("script_info.relevant_industry", [:]), ("script_info.script_language", "EN"), ("script_info.script_language", ""),
            ("product_info", nil), ("product_info", "Trail Lamp"),
            ("product_info.name", " \n"), ("product_info.name", .number(300)),
            ("product_info.name", .string(String(repeating: "👟", count: 151))),
            ("product_info.brand", .number(1)),
            ("product_info.price", "39.90"), ("product_info.price", .number("-0.01")), ("product_info.price", .number("39.901")),
            ("product_info.price", .number("1e999")),
            ("product_info.currency", "eur"), ("product_info.currency", "HRK"), ("product_info.currency", ""),
            ("product_info.description", "\t"), ("product_info.description", nil),
            ("product_info.selling_points", "light"), ("product_info.selling_points", ["light", .number(1)]),
            ("media_list", nil), ("media_list", []), ("media_list", [:]),
            ("media_list.image_url_list", "https://cdn.example.com/lamp.jpg"), ("media_list.image_url_list", [.null]),
            ("media_list.video_id_list", [.number(1)]), ("media_list", ["image_url_list": []]),
            ("script_generation_count", .number("4.5")), ("script_generation_count", "4"), ("script_generation_count", .number(-1)),
            ("custom_prompt", ""),
        ] as [(String, JSONValue?)])
    func `a product brief with this mistake is refused, and the message names the field`(field: String, value: JSONValue?) async throws {
        let answer = try await Stand().call(.create, JSONValue.product.with(field, value))
        #expect(answer.code == 40002)
        #expect(answer.message.hasPrefix(field), "\(answer.message)")
    }

    @Test(
        arguments: [
            ("custom_prompt", "   "), ("custom_prompt", []), ("video_duration", "30S"), ("script_info", [:]),
            ("product_info", ["name": "Lamp", "description": "Light"]), ("product_info.name", "Lamp"),
            ("media_list", "none"), ("media_list.image_url_list", .array(Array(repeating: "https://cdn.example.com/1.jpg", count: 21))),
        ] as [(String, JSONValue?)])
    func `a prompt with this mistake is refused`(field: String, value: JSONValue?) async throws {
        let answer = try await Stand().call(.create, JSONValue.custom.with(field, value))
        #expect(answer.code == 40002)
    }

    @Test(
        arguments: [
            ("product_info.price", JSONValue.number("0")), ("product_info.price", .number("39.9000")),
            ("product_info.price", .number("1.299e2")),
            ("product_info.currency", .null), ("product_info.name", .string(String(repeating: "👟", count: 150))),
            ("script_generation_count", .number(8)), ("video_duration", .null), ("custom_prompt", .null), ("something_new", [.number(1)]),
            ("media_list.image_url_list", ["not a URL, and silently ignored"]), ("product_info.selling_points", []),
            ("script_info.style", "As a weather report"),
        ] as [(String, JSONValue)])
    func `what the contract leaves open is accepted`(field: String, value: JSONValue) async throws {
        let answer = try await Stand().call(.create, JSONValue.product.with(field, value))
        #expect(answer.code == 0, "\(answer.message)")
    }

    @Test func `media without a product is accepted with a prompt`() async throws {
        let answer = try await Stand().call(.create, JSONValue.custom.with("media_list", ["image_url_list": []]))
        #expect(answer.code == 0, "\(answer.message)")
    }

    @Test(arguments: ["", "{", "[]", "nonsense", #"{"script_source":"PRODUCT",}"#, "\u{FEFF}{}"])
    func `a body that is no JSON object is refused`(body: String) async throws {
        let stand = try Stand()
        let answer = try await stand.send(stand.request(.create, Array(body.utf8))).json
        #expect(answer.code == 40002)
        #expect(answer.message.hasPrefix("The body"))
    }

    @Test func `a body of more than 256 KB is refused`() async throws {
        let answer = try await Stand().call(.create, JSONValue.product.with("padding", .string(String(repeating: "p", count: 262_144))))
        #expect(answer.code == 40002)
    }
}

extension JSONValue {
    /// The body with every `${video}` replaced.
    fileprivate func naming(_ video: String) -> JSONValue {
        switch self {
        case .string("${video}"): .string(video)
        case .array(let items): .array(items.map { $0.naming(video) })
        case .object(let members): .object(members.map { Member(name: $0.name, value: $0.value.naming(video)) })
        case .null, .bool, .number, .string: self
        }
    }
}
