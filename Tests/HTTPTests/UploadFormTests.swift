import Glibc
import Testing

@testable import HTTP

struct UploadFormTests {
    private let folder = TemporaryFolder()

    private func part(_ disposition: String, _ content: [UInt8]) -> [UInt8] {
        Array("--edge\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n".utf8) + content + Array("\r\n".utf8)
    }

    private func decode(_ body: [UInt8], type: String = "multipart/form-data; boundary=edge", limits: Limits = Limits()) throws
        -> UploadForm
    {
        let path = folder.write("body", "")
        let file = try #require(fopen(path, "w"))
        #expect(fwrite(body, 1, body.count, file) == body.count)
        fclose(file)
        let request = Request(
            method: .post, path: [], headers: ["Content-Type": type], body: .file(path: path, count: body.count))
        return try UploadForm(request, limits: limits)
    }

    @Test func `files are read from where the body lies, byte for byte`() throws {
        // Full of what delimiters begin with, and longer than the window, so that one lies across two.
        var content = Array(repeating: Array("\r\n--edg\r\n--".utf8), count: 60_000).flatMap { $0 }
        content += (0...255).map { UInt8($0) }
        let body =
            part("name=\"csrf_token\"", Array("key".utf8)) + part("name=\"video_file\"; filename=\"a \\\"b\\\".mp4\"", content)
            + part("name=\"video_file\"; filename=\"empty.mp4\"", []) + part("name=\"note\"", Array("after".utf8))
            + Array("--edge--\r\n".utf8)
        let form = try decode(body)
        #expect(form.fields["csrf_token"] == "key" && form.fields["note"] == "after")
        #expect(form.files.map(\.filename) == ["a \"b\".mp4", "empty.mp4"])
        #expect(form.files.map(\.count) == [content.count, 0])
        #expect(form.files[0].read(content.count + 10, at: 0) == content)
        #expect(form.files[0].read(4, at: content.count - 2) == [254, 255])
        #expect(form.files[0].read(1, at: content.count + 1) == nil)
        #expect(form.files[1].read(10, at: 0) == [])
    }

    @Test func `a body cut anywhere is no form`() throws {
        let body = part("name=\"video_file\"; filename=\"a.mp4\"", Array("data".utf8)) + Array("--edge--".utf8)
        #expect(try decode(body).files.count == 1)
        for end in 0..<body.count {
            #expect(throws: FormError.malformed) { try decode(Array(body[..<end])) }
        }
    }

    @Test func `a body in memory and a form without files are read as well`() throws {
        let body = part("name=\"video_file\"; filename=\"a.mp4\"", Array("data".utf8)) + Array("--edge--".utf8)
        let request = Request(
            method: .post, path: [], headers: ["Content-Type": "multipart/form-data; boundary=edge"], body: .bytes(body))
        #expect(try UploadForm(request).files[0].read(10, at: 0) == Array("data".utf8))
        let form = try decode(Array("a=1&b=2".utf8), type: "application/x-www-form-urlencoded")
        #expect(form.fields["b"] == "2" && form.files.isEmpty)
    }

    @Test func `what is typed is limited, what is a file is not`() throws {
        let long = Array(repeating: UInt8(ascii: "x"), count: 200)
        let limits = Limits { $0.formBody = 100 }
        let file = part("name=f; filename=a", long) + Array("--edge--".utf8)
        #expect(try decode(file, limits: limits).files[0].count == 200)
        #expect(throws: FormError.tooLarge) { try decode(part("name=f", long) + Array("--edge--".utf8), limits: limits) }
    }
}

/// What a handler says about a large body before it comes.
struct RefusalTests {
    private struct Picky: Handler {
        mutating func respond(to request: Request) -> Response {
            if case .file(_, let count) = request.body { return .text(.ok, "took \(count)") }
            return .text(.ok, "small")
        }
        mutating func message(for event: Never) -> ServerSentEvent? {}
        mutating func refusal(of request: Request, withBodyOf count: Int?) -> Response? {
            if request.path == ["upload"] { return nil }
            return .text(count == nil ? .lengthRequired : .contentTooLarge, "not here")
        }
        mutating func response(toRefused status: Status) -> Response { .text(status, "no room") }
    }

    private let folder = TemporaryFolder()

    private func serve() throws -> Server<Picky> {
        try Server(.init(loops: 1, limits: Limits { $0.bodyInMemory = 10 }, spool: folder.path)) { Picky() }
    }

    @Test func `a body is refused before it is read, and taken where it is wanted`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        #expect(wire.post("/upload", "0123456789a").text == "took 11")
        #expect(wire.post("/other", "0123456789").text == "small")
        wire.send("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
        let answer = wire.answer()
        #expect(answer.status == 413 && answer.text == "not here" && answer["Connection"] == "close")
        #expect(wire.isClosed)
    }

    @Test func `a client that waits for 100 is told to go on only where the body is wanted`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        wire.send("POST /upload HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
        #expect(wire.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        wire.send("0123456789a")
        #expect(wire.answer().text == "took 11")
        wire.send("POST /other HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
        #expect(wire.answer().status == 413)
    }

    @Test func `chunks are asked about once there are too many for memory`() throws {
        let server = try serve()
        let chunks = "Transfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n6\r\n6789ab\r\n0\r\n\r\n"
        let wire = try Wire(server.address)
        wire.send("POST /upload HTTP/1.1\r\nHost: a\r\n" + chunks)
        #expect(wire.answer().text == "took 12")
        wire.send("POST /other HTTP/1.1\r\nHost: a\r\n" + chunks)
        #expect(wire.answer().status == 411)
        #expect(folder.names == [])
    }

    @Test func `a disk that takes no more is answered in the handler's words`() throws {
        let server = try Server<Picky>(.init(loops: 1, limits: Limits { $0.bodyInMemory = 10 }, spool: "/dev/null/spool")) { Picky() }
        let answer = try Wire(server.address).post("/upload", "0123456789a")
        #expect(answer.status == 507 && answer.text == "no room")
    }
}
