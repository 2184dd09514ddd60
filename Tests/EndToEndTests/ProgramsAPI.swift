import Foundation
import Testing

/// The app's own JSON API.
@Suite(.program, .timeLimit(.minutes(3)))
struct ProgramsAPI {
    private struct List: Decodable {
        struct Row: Decodable {
            let id: Int
        }
        let data: [Row]
        let next: String?
    }

    private struct Problem: Decodable {
        struct Member: Decodable {
            let field: String
            let detail: String
        }
        let type: String
        let title: String
        let status: Int
        let detail: String
        let errors: [Member]?
    }

    private struct Created: Decodable {
        let id: Int
        let state: String
        let language: String?
    }

    private static let brief = #"""
        {"script_source": "PRODUCT", "product_info": {"name": "API Lantern", "description": "A lamp.", "price": 39.9, "currency": "EUR",
        "selling_points": ["58 g light"]}, "media_list": {"image_url_list": ["https://cdn.example.com/lamp.jpg"]},
        "script_info": {"script_language": "de"}, "script_generation_count": 2, "notice_acknowledged": true}
        """#

    private let client: Client

    init() throws {
        client = try Program.shared.client
    }

    private func post(_ body: String, _ headers: [(String, String)] = [("Content-Type", "application/json")]) async throws -> Answer {
        try await Exchange(method: "POST", target: "/api/v1/tasks", headers: [("Host", client.host)] + headers, body: Array(body.utf8))
            .perform(port: client.port)
    }

    private func decode<Value: Decodable>(_ answer: Answer) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(answer.body))
    }

    private func problem(_ answer: Answer, _ status: Int) throws -> Problem {
        #expect(answer.status == status)
        #expect(answer["Content-Type"] == "application/problem+json")
        let problem: Problem = try decode(answer)
        #expect(problem.status == status && problem.type == "about:blank")
        return problem
    }

    @Test func `a validator accepts the description, and it names every address there is`() async throws {
        let answer = try await client.get("/api/v1/openapi.json")
        #expect(answer["Content-Type"] == "application/json")
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "openapi.json")
        try Data(answer.body).write(to: file)
        let validator = try ChildProcess(
            URL(filePath: "/usr/bin/env"), ["python3", "-m", "openapi_spec_validator", "--schema", "3.1", file.path],
            environment: ProcessInfo.processInfo.environment, output: folder.url)
        let end = try await validator.end(within: .seconds(60))
        #expect(end == .exited(0), "\(validator.output)\(validator.errors)")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: Any])
        #expect(
            Set(paths.keys) == [
                "/api/v1/scripts", "/api/v1/scripts/{id}", "/api/v1/tasks", "/api/v1/tasks/{id}", "/api/v1/openapi.json",
            ])
    }

    @Test func `a brief is sent by the rules of the form, once for each key, and its scripts are found page by page`() async throws {
        let key = [("Content-Type", "application/json"), ("Idempotency-Key", "key-of-the-test-0001")]
        let answer = try await post(Self.brief, key)
        #expect(answer.status == 201)
        let task: Created = try decode(answer)
        #expect(answer["Location"] == "/api/v1/tasks/\(task.id)")
        #expect(task.language == "de")
        let again: Created = try decode(try await post(Self.brief, key))
        #expect(again.id == task.id)
        _ = try problem(try await post(Self.brief.replacing("API Lantern", with: "Other"), key), 409)

        try await client.wait(for: "succeeded", at: "/tasks/\(task.id)")
        let finished = try await client.get("/api/v1/tasks/\(task.id)")
        #expect(finished.text.contains("\"state\":\"succeeded\"") && finished.text.contains("\"ai_generated\":true"))
        let first: List = try decode(try await client.get("/api/v1/scripts?task=\(task.id)&limit=1"))
        #expect(first.data.count == 1)
        let cursor = try #require(first.next)
        let second: List = try decode(try await client.get("/api/v1/scripts?task=\(task.id)&limit=1&before=\(cursor)"))
        #expect(second.data.count == 1 && second.next == nil)
        #expect(first.data[0].id > second.data[0].id)
        let german: List = try decode(try await client.get("/api/v1/scripts?q=lantern&language=de"))
        #expect(german.data.map(\.id).contains(first.data[0].id))
        let script = try await client.get("/api/v1/scripts/\(first.data[0].id)")
        #expect(script.text.contains("\"versions\":[{") && script.text.contains("\"language\":\"de\""))
        let tasks: List = try decode(try await client.get("/api/v1/tasks?limit=200"))
        #expect(tasks.data.map(\.id).contains(task.id))
    }

    @Test func `tasks are found by words and filters that combine, page by page`() async throws {
        var ids: [Int] = []
        for (name, brand, tone) in [
            ("Süße Hafer", "Nord & Söhne", "Friendly"), ("Süße Hafer", "Nord & Söhne", "Confident"), ("Oats", "", "Friendly"),
        ] {
            let body = Self.brief.replacing("API Lantern", with: name)
                .replacing("\"price\"", with: "\"brand\": \"\(brand)\", \"price\"")
                .replacing("\"script_language\"", with: "\"tone\": \"\(tone)\", \"relevant_industry\": \"Oat Mills\", \"script_language\"")
            let answer = try await post(body)
            #expect(answer.status == 201, "\(answer.text)")
            let created: Created = try decode(answer)
            ids.append(created.id)
            try await client.wait(for: "succeeded", at: "/tasks/\(created.id)")
        }
        func found(_ query: String) async throws -> [Int] {
            let list: List = try decode(try await client.get("/api/v1/tasks?industry=oat+mills&\(query)"))
            return list.data.map(\.id)
        }
        #expect(try await found("") == ids.reversed())
        #expect(try await found("q=suss+NORD") == [ids[1], ids[0]])
        #expect(try await found("q=haferl") == [])
        #expect(try await found("q=hafer&tone=friendly&language=de&source=product&author=1&state=succeeded") == [ids[0]])
        #expect(try await found("product=oats&brand=nord+sohne") == [])
        #expect(try await found("brand=nord+sohne&from=2020-01-01&to=2100-01-01") == [ids[1], ids[0]])
        for nothing in ["state=queued", "source=prompt", "language=none", "author=99", "from=2100-01-01", "to=2020-01-01", "style=Humor"] {
            #expect(try await found(nothing) == [], "\(nothing)")
        }
        let first: List = try decode(try await client.get("/api/v1/tasks?q=hafer&industry=oat+mills&limit=1"))
        let cursor = try #require(first.next)
        let second: List = try decode(try await client.get("/api/v1/tasks?q=hafer&industry=oat+mills&limit=1&before=\(cursor)"))
        #expect(first.data.map(\.id) + second.data.map(\.id) == [ids[1], ids[0]])
        #expect(second.next == nil)
    }

    @Test func `every mistake of a brief is told at once, at its place in the body`() async throws {
        let body = #"{"script_source": "PRODUCT", "product_info": {"name": 5, "price": "dear"}, "script_generation_count": 4.5}"#
        let problem = try problem(try await post(body), 422)
        #expect(
            Set(problem.errors?.map(\.field) ?? []) == [
                "product_info.name", "product_info.description", "product_info.price", "media_list.image_url_list",
                "script_generation_count",
            ])
        let unread = try self.problem(try await post(Self.brief.replacing("true", with: "false")), 422)
        #expect(unread.errors?.map(\.field) == ["notice_acknowledged"])
    }

    @Test func `what cannot be read is a problem of its kind`() async throws {
        _ = try problem(try await post("{"), 400)
        _ = try problem(try await post("[]"), 400)
        _ = try problem(try await post(Self.brief, [("Content-Type", "text/plain")]), 415)
        _ = try problem(try await post(Self.brief, [("Content-Type", "application/json"), ("Origin", "https://evil.example")]), 403)
        _ = try problem(try await post(Self.brief, [("Content-Type", "application/json"), ("Sec-Fetch-Site", "cross-site")]), 403)
        _ = try problem(try await post(Self.brief, [("Content-Type", "application/json"), ("Idempotency-Key", "short")]), 400)
        _ = try problem(try await client.get("/api/v1/scripts/99999999"), 404)
        _ = try problem(try await client.get("/api/v1/nothing"), 404)
        _ = try problem(try await client.get("/api/v1/scripts", method: "DELETE"), 405)
        let parameters = try problem(try await client.get("/api/v1/scripts?limit=0&from=yesterday&before=x"), 400)
        #expect(Set(parameters.errors?.map(\.field) ?? []) == ["limit", "from", "before"])
        let names = [
            "source=account", "language=tlh", "author=ada", "state=asleep", "from=yesterday", "to=2026-02-30", "before=x", "limit=201",
        ]
        let filters = try problem(try await client.get("/api/v1/tasks?\(names.joined(separator: "&"))"), 400)
        #expect(filters.errors?.count == names.count)
        #expect(Set(filters.errors?.map(\.field) ?? []) == Set(names.map { String($0.prefix { $0 != "=" }) }))
    }
}
