import Domain
import Testing

@testable import TikTok

@Suite struct `An answer of the service` {
    @Test(arguments: [
        #"{"code":0,"message":"OK","request_id":"r1","data":{"task_id":"t1"}}"#,
        #"{"code":"0","message":"OK","request_id":"r1","data":{"task_id":"t1"}}"#,
        #"{"new":[1,{"a":null}],"data":{"x":1,"task_id":"t1"},"request_id":"r1","message":"OK","code":0}"#,
    ])
    func `code 0 is done, as a number or a string`(body: String) throws {
        let (id, receipt) = try done(read(body))
        #expect(id == "t1")
        #expect(receipt == Receipt(code: 0, message: "OK", requestID: "r1"))
    }

    @Test func `partly done counts as done and keeps its message`() throws {
        let (id, receipt) = try done(read(#"{"code":20001,"message":"partly","request_id":"r","data":{"task_id":"t"}}"#))
        #expect(id == "t")
        #expect(receipt == Receipt(code: 20_001, message: "partly", requestID: "r"))
    }

    @Test(arguments: [200, 400, 401, 403, 404, 429, 500, 503])
    func `the code says what happened, whatever the HTTP status`(status: Int) throws {
        let refusal = try refused(read(#"{"code":40100,"message":"slow down","request_id":"r"}"#, status: status))
        #expect(refusal == Refusal(code: 40_100, message: "slow down", requestID: "r"))
        _ = try done(read(#"{"code":0,"message":"OK","request_id":"r","data":{"task_id":"t"}}"#, status: status))
    }

    @Test(arguments: [
        (#"{"code":"40002"}"#, 40_002), (#"{"code":40002,"message":null,"request_id":null,"data":null}"#, 40_002),
        (#"{"code":50000,"message":7,"data":"nonsense"}"#, 50_000), (#"{"code":-1,"data":{"task_id":"t"}}"#, -1),
    ])
    func `a refusal needs nothing but its code`(body: String, code: Int) throws {
        #expect(try refused(read(body)) == Refusal(code: code, message: "", requestID: nil))
    }

    @Test(arguments: [
        ("7321654987654321987", "7321654987654321987"), ("18446744073709551615", "18446744073709551615"),
        ("9007199254740993", "9007199254740993"), (#""0042""#, "0042"), ("42", "42"), (#""a b/c?d""#, "a b/c?d"),
        ("2026112320153012345678901234567", "2026112320153012345678901234567"),
    ])
    func `ids are strings or numbers, to the last digit`(json: String, id: String) throws {
        let (task, receipt) = try done(read(#"{"code":0,"message":"","request_id":\#(json),"data":{"task_id":\#(json)}}"#))
        #expect(task == id)
        #expect(receipt.requestID == id)
    }

    @Test(arguments: [
        #"{"code":0}"#, #"{"code":0,"data":null}"#, #"{"code":0,"data":{}}"#, #"{"code":0,"data":[]}"#, #"{"code":0,"data":"t1"}"#,
        #"{"code":0,"data":{"task_id":null}}"#, #"{"code":0,"data":{"task_id":""}}"#, #"{"code":0,"data":{"task_id":true}}"#,
        #"{"code":0,"data":{"task_id":["t"]}}"#, #"{"code":20001,"message":"partly"}"#,
    ])
    func `success without its data is unknown`(body: String) throws {
        #expect(try unknown(read(body)).hasPrefix("the answer lacked its data"))
    }

    @Test func `success without its data names the request for support`() throws {
        #expect(try unknown(read(#"{"code":0,"request_id":"r9"}"#)) == "the answer lacked its data (code 0, request r9)")
    }

    @Test(arguments: [
        "<html><body>502 Bad Gateway</body></html>", "404 page not found", "{", #"{"code":0,"message":"OK","data":{"task_i"#, "null", "[]",
        "0", #""OK""#, "{}", #"{"message":"OK"}"#, #"{"code":null}"#, #"{"code":"zero"}"#, #"{"code":true}"#, #"{"code":{}}"#,
        #"{"code":0.5}"#, "\u{0}", "ÿ", #"{"code":0}{"code":0}"#,
    ])
    func `a body that is not the envelope is unknown`(body: String) throws {
        #expect(try unknown(read(body)) == "the answer was not one of the service (HTTP 200)")
    }

    @Test func `an empty body is unknown`() throws {
        #expect(try unknown(read("", status: 502)) == "the answer was empty (HTTP 502)")
    }

    @Test func `a body that is not UTF-8 is unknown`() throws {
        let answer = Answer<CreatedTask>(status: 200, body: [0x7B, 0xFF, 0xFE, 0x7D], without: try Token("t"))
        #expect(try unknown(answer.outcome { $0.id }) == "the answer was not one of the service (HTTP 200)")
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is unknown even if an envelope comes with it`(status: Int) throws {
        let reason = try unknown(read(#"{"code":0,"data":{"task_id":"t"}}"#, status: status))
        #expect(reason == "the answer was a redirect (HTTP \(status)), and none is followed")
    }

    @Test(arguments: [
        #"{"video_id":"v1","size":9}"#, #"[{"video_id":"v1"}]"#, #"[{"video_id":"v1","video_name":null}]"#,
    ])
    func `an upload answers with an object or an array of one`(data: String) throws {
        let answer = Answer<UploadedVideo>(status: 200, body: Array(#"{"code":0,"data":\#(data)}"#.utf8), without: try Token("t"))
        #expect(try done(answer.outcome { $0.id }).0 == "v1")
    }

    @Test(arguments: ["[]", #"[{"video_id":"a"},{"video_id":"b"}]"#, "[[]]", "{}", "null", #"[{"id":"a"}]"#])
    func `an upload that names no video, or several, is unknown`(data: String) throws {
        let answer = Answer<UploadedVideo>(status: 200, body: Array(#"{"code":0,"data":\#(data)}"#.utf8), without: try Token("t"))
        _ = try unknown(answer.outcome { $0.id })
    }

    @Test func `a token that the service quotes is taken out of its words`() throws {
        let token = try Token("abcdefgh1234")
        let body = #"{"code":40105,"message":"abcdefgh1234 is wrong: abcdefgh1234","request_id":"r-abcdefgh1234"}"#
        let refusal = try refused(Answer<CreatedTask>(status: 200, body: Array(body.utf8), without: token).outcome { $0.id })
        #expect(refusal == Refusal(code: 40_105, message: "… is wrong: …", requestID: "r-…"))
    }

    @Test func `a message is cut at a thousand characters`() throws {
        let refusal = try refused(read(#"{"code":40002,"message":"\#(String(repeating: "é", count: 5_000))"}"#))
        #expect(refusal.message.count == 1_000)
    }

    @Test func `an outcome becomes the log's result`() throws {
        let receipt = Receipt(code: 0, message: "OK", requestID: "r")
        let refusal = Refusal(code: 40_002, message: "no", requestID: nil)
        #expect(Outcome.done("t1", receipt).result { "task \($0)" } == .done(receipt, detail: "task t1"))
        #expect(Outcome<String>.refused(refusal).result { $0 } == .refused(refusal))
        #expect(Outcome<String>.notSent(reason: "a").result { $0 } == .notSent(reason: "a"))
        #expect(Outcome<String>.unknown(reason: "b").result { $0 } == .unknown(reason: "b"))
    }

    private func read(_ body: String, status: Int = 200) throws -> Outcome<String> {
        Answer<CreatedTask>(status: status, body: Array(body.utf8), without: try Token("t")).outcome { $0.id }
    }
}

@Suite struct `A polled task and a list` {
    @Test func `a task carries its status and scripts in their order`() throws {
        let data = """
            {"task_id":7,"status":"PARTIAL_SUCCESS","list":[{"script_id":"b","title":"T\\u00e4\\ud83d\\ude00","script":"<b>x</b>\\n مرحبا"},
            {"script_id":9007199254740993,"script":"y","extra":{}}]}
            """
        let task = try payload(PolledTask.self, data)
        #expect(task.id == "7")
        #expect(task.status == "PARTIAL_SUCCESS")
        #expect(
            task.scripts == [
                RemoteScript(id: "b", title: "Tä😀", text: "<b>x</b>\n مرحبا"), RemoteScript(id: "9007199254740993", title: "", text: "y"),
            ])
    }

    @Test(arguments: [
        #"{"status":"SUBMITTED"}"#, #"{"status":"SUBMITTED","list":null}"#, #"{"status":"SUBMITTED","list":[],"task_id":null}"#,
    ])
    func `a task that has not started may have no list`(data: String) throws {
        #expect(try payload(PolledTask.self, data).scripts.isEmpty)
    }

    @Test(arguments: [
        "{}", #"{"list":[]}"#, #"{"status":7}"#, #"{"status":"SUCCESS","list":{}}"#, #"{"status":"SUCCESS","list":[{"script_id":"a"}]}"#,
        #"{"status":"SUCCESS","list":[{"script":"a"}]}"#, #"{"status":"SUCCESS","list":[null]}"#,
        #"{"status":"SUCCESS","list":[{"script_id":"","script":"a"}]}"#,
    ])
    func `a task or script that lacks what it needs is not read in part`(data: String) {
        #expect(throws: DataMissing.self) { try payload(PolledTask.self, data) }
    }

    @Test(arguments: [
        #"{"page":2,"page_size":10,"total_number":31,"total_page":4}"#,
        #"{"page":"2","page_size":"10","total_number":"31","total_page":"4","x":1}"#,
    ])
    func `a list carries its scripts and the page they are on`(info: String) throws {
        let list = try payload(ListedScripts.self, #"{"list":[{"script_id":1,"title":"t","script":"s"}],"page_info":\#(info)}"#)
        #expect(list.scripts == [RemoteScript(id: "1", title: "t", text: "s")])
        #expect([list.page, list.pageSize, list.total, list.pages] == [2, 10, 31, 4])
    }

    @Test(arguments: [
        #"{"list":[]}"#, #"{"list":[],"page_info":{}}"#, #"{"page_info":{"page":1,"page_size":10,"total_number":0,"total_page":0}}"#,
    ])
    func `a list without its page is not read`(data: String) {
        #expect(throws: DataMissing.self) { try payload(ListedScripts.self, data) }
    }

    @Test func `a script of 20,000 characters is whole`() throws {
        let text = String(repeating: "😀", count: 10_000)
        let task = try payload(PolledTask.self, #"{"status":"SUCCESS","list":[{"script_id":"a","script":"\#(text)"}]}"#)
        #expect(task.scripts.first?.text == text)
    }

    private struct DataMissing: Error {}

    private func payload<Payload: Decodable & Sendable>(_ type: Payload.Type, _ data: String) throws -> Payload {
        let answer = Answer<Payload>(status: 200, body: Array(#"{"code":0,"data":\#(data)}"#.utf8), without: try Token("t"))
        guard case .done(let payload, _) = answer.outcome({ $0 }) else { throw DataMissing() }
        return payload
    }
}
