import HTTP
import Testing

@testable import Sandbox

struct FaultTests {
    @Test func `a code in place of the work lasts as long as it was told to`() async throws {
        let stand = try Stand()
        stand.service.inject(Fault(.code(40700, message: "not ready"), on: .create, times: 2))
        for _ in 0..<2 {
            let answer = try await stand.call(.create, .product)
            #expect(answer.code == 40700)
            #expect(answer.message == "not ready")
        }
        #expect(stand.service.snapshot.tasks.isEmpty)
        #expect(try await stand.call(.create, .product).code == 0)
    }

    @Test func `a fault of one endpoint leaves the others alone`() async throws {
        let stand = try Stand()
        stand.service.inject(Fault(.status(.badGateway), on: .get))
        #expect(try await stand.call(.list).code == 0)
        let response = await stand.send(stand.request(.get, query: "task_id=1"))
        #expect(response.status.code == 502)
        #expect(response.headers["Content-Type"]?.hasPrefix("text/html") == true)
        #expect(try await stand.call(.get, query: "task_id=1").code == 40007)
    }

    @Test func `a lost answer leaves a task behind`() async throws {
        let stand = try Stand()
        stand.service.inject(Fault(.html, on: .create, isDone: true))
        let response = await stand.send(stand.request(.create, JSONValue.product.bytes))
        #expect(response.bytes.starts(with: "<!doctype".utf8))
        #expect(stand.service.snapshot.tasks.count == 1)
        #expect(try await stand.stats()["creates"]?.integer == 1)
    }

    @Test func `an answer can be empty, cut in half, or have its code as text`() async throws {
        let stand = try Stand()
        stand.service.inject(Fault(.empty))
        stand.service.inject(Fault(.truncated))
        stand.service.inject(Fault(.changed(.codeAsText)))
        #expect(await stand.send(stand.request(.list)).bytes.isEmpty)
        let half = await stand.send(stand.request(.list)).bytes
        #expect(half.starts(with: "{\"code\":0".utf8))
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(half, depth: 8) }
        #expect(try await stand.call(.list)["code"] == "0")
    }

    @Test func `a fault can wait for some calls to go right first`() async throws {
        let stand = try Stand()
        stand.service.inject(Fault(.empty, on: .list, after: 2))
        #expect(try await stand.call(.list).code == 0)
        #expect(try await stand.call(.list).code == 0)
        #expect(await stand.send(stand.request(.list)).bytes.isEmpty)
        #expect(try await stand.call(.list).code == 0)
    }

    @Test(arguments: Fault.Change.allCases)
    func `an answer can be whole and its content another`(change: Fault.Change) async throws {
        let stand = try Stand(pace: 0)
        let task = try await stand.task()
        let usual = try await stand.get(task).scripts
        stand.service.inject(Fault(.changed(change), on: .get))
        let answer = try await stand.call(.get, query: "task_id=\(task)")
        let data = try #require(answer["data"])
        let scripts = data["list"]?.items ?? []
        let words = scripts.map { $0["script"]?.text ?? "" }
        switch change {
        case .codeAsText: #expect(answer["code"] == "0")
        case .numericIDs:
            #expect(data["task_id"] == .number(task))
            #expect(scripts.allSatisfy { $0["script_id"]?.integer != nil })
        case .dataAsObject: #expect(scripts == usual)
        case .dataAsArray: #expect(data.items?.first?["list"]?.items == usual)
        case .unknownStatus: #expect(data["status"] == "POLISHING")
        case .failedStatus: #expect(data["status"] == "FAILED" && scripts == usual)
        case .otherOrder: #expect(scripts == usual.reversed() && scripts != usual)
        case .changedScript:
            #expect(scripts.map { $0["script_id"] } == usual.map { $0["script_id"] })
            #expect(words[0].hasPrefix("Other words.") && Array(scripts.dropFirst()) == Array(usual.dropFirst()))
        case .missingScript: #expect(scripts == Array(usual.dropFirst()))
        case .longScripts: #expect(words.allSatisfy { $0.count == 20_000 })
        case .emoji: #expect(words.allSatisfy { $0.contains("🔦") })
        case .rightToLeft: #expect(words.allSatisfy { $0.contains("שלום") })
        case .markup: #expect(words.allSatisfy { $0.contains("<script>") })
        }
        #expect(try await stand.get(task).scripts == usual)
    }

    @Test func `an upload's data can be an object`() async throws {
        let stand = try Stand()
        stand.service.inject(Fault(.changed(.dataAsObject), on: .upload))
        #expect(try await stand.upload("https://cdn.example.com/a.mp4")["data"]?["video_id"]?.text != nil)
        #expect(try await stand.upload("https://cdn.example.com/a.mp4")["data"]?.items?.count == 1)
    }

    @Test func `an answer can be late, with a journal too`() async throws {
        let file = try JournalFile()
        let stand = try Stand(journal: file.path)
        stand.service.inject(Fault(.late(30), on: .create))
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try await stand.call(.create, .product).code == 0)
        #expect(clock.now - start >= .milliseconds(30))

        stand.service.inject(Fault(.truncated, on: .create))
        let half = await stand.send(stand.request(.create, JSONValue.product.bytes)).bytes
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(half, depth: 8) }
        #expect(stand.service.snapshot.tasks.count == 2)
    }

    @Test(arguments: [
        #"{"kind":"code","code":40100,"endpoint":"create","times":2}"#, #"{"kind":"status","status":500}"#, #"{"kind":"html","done":true}"#,
        #"{"kind":"empty"}"#, #"{"kind":"truncated"}"#, #"{"kind":"code_as_text"}"#, #"{"kind":"late","milliseconds":1}"#,
        #"{"kind":"redirect"}"#, #"{"kind":"cut_body"}"#, #"{"kind":"cut_head"}"#, #"{"kind":"reset"}"#, #"{"kind":"never"}"#,
        #"{"kind":"numeric_ids"}"#, #"{"kind":"data_as_object"}"#, #"{"kind":"data_as_array"}"#, #"{"kind":"unknown_status"}"#,
        #"{"kind":"failed_status"}"#, #"{"kind":"other_order"}"#, #"{"kind":"changed_script"}"#, #"{"kind":"missing_script"}"#,
        #"{"kind":"long_scripts"}"#, #"{"kind":"emoji"}"#, #"{"kind":"right_to_left"}"#, #"{"kind":"markup","after":0}"#,
    ])
    func `faults are set over HTTP`(body: String) async throws {
        let stand = try Stand()
        let response = await stand.control(.post, "faults", body)
        #expect(response.status.code == 204)
        #expect(stand.service.takeFault(of: .create) != nil)
    }

    @Test(arguments: [
        "", "{}", #"{"kind":"fire"}"#, #"{"kind":"code"}"#, #"{"kind":"status","status":299}"#, #"{"kind":"empty","endpoint":"creates"}"#,
        #"{"kind":"empty","times":0}"#, #"{"kind":"late"}"#, #"{"kind":"emoji","after":-1}"#,
    ])
    func `a fault that is not understood is refused`(body: String) async throws {
        let stand = try Stand()
        #expect(await stand.control(.post, "faults", body).status == .badRequest)
        #expect(stand.service.takeFault(of: .create) == nil)
    }

    @Test func `the sandbox counts what it did and shows what it accepted`() async throws {
        let stand = try Stand(createsPerMinute: 3)
        _ = try await stand.video()
        _ = try await stand.upload("nowhere")
        _ = try await stand.task()
        _ = try await stand.call(.create, [:])
        _ = try await stand.task(.custom)
        _ = try await stand.call(.create, .product)
        _ = try await stand.call(.create, .product, token: nil)
        _ = try await stand.call(.get, query: "task_id=1")
        _ = try await stand.call(.list)
        _ = try await stand.call(.list, query: "page=0")
        let numbers: [(String, Int64)] = [("uploads", 1), ("creates", 2), ("creates_refused", 3), ("gets", 1), ("lists", 2)]
        let stats = try await stand.stats()
        for (name, number) in numbers { #expect(stats[name]?.integer == number, "\(name)") }
        #expect(try await stand.control(.get, "creates").json == [.product, .custom])
    }

    @Test(arguments: ["stats", "creates", "faults"])
    func `nothing of that is served inside the app`(name: String) async throws {
        let stand = try Stand(control: false)
        #expect(await stand.control(.get, name).status == .notFound)
        #expect(await stand.control(.post, name, #"{"kind":"empty"}"#).status == .notFound)
        #expect(try await stand.call(.list).code == 0)
    }
}

extension Stand {
    fileprivate func control(_ method: Method, _ name: String, _ body: String = "") async -> Response {
        await send(Request(method: method, path: ["control", name], body: .bytes(Array(body.utf8))))
    }
}
