import Glibc
import Testing

@testable import HTTP

struct FileTests {
    private let folder = TemporaryFolder()
    private let digits = "0123456789"

    private func wire(_ path: String, _ headers: Headers = [:]) throws -> (Server<Site>, Wire) {
        let server = try serve { _ in Response(.ok, headers: headers, body: .file(path: path)) }
        return (server, try Wire(server.address))
    }

    @Test func `a file is sent with its validators`() throws {
        let (_server, wire) = try wire(folder.write("a.css", digits), ["Content-Type": "text/css"])
        let answer = wire.get("/")
        #expect(answer.status == 200 && answer.text == digits && answer["Content-Type"] == "text/css" && answer["Accept-Ranges"] == "bytes")
        let tag = try #require(answer["ETag"])
        let modified = try #require(answer["Last-Modified"])
        #expect(tag.hasPrefix("\"a-") && HTTPDate(modified) != nil)
        for field in ["If-None-Match: \(tag)", "If-None-Match: \"x\", W/\(tag)", "If-None-Match: *", "If-Modified-Since: \(modified)"] {
            let answer = wire.get("/", field + "\r\n")
            #expect(answer.status == 304 && answer["ETag"] == tag && answer["Content-Length"] == nil, "\(field)")
        }
        for field in [
            "If-None-Match: \"x\"\r\nIf-Modified-Since: \(modified)", "If-Modified-Since: yesterday",
            "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT",
        ] {
            #expect(wire.get("/", field + "\r\n").text == digits, "\(field)")
        }
        withExtendedLifetime(_server) {}
    }

    @Test func `a file that was changed has another tag`() throws {
        let (_server, wire) = try wire(folder.write("a", digits))
        let before = wire.get("/")["ETag"]
        _ = folder.write("a", "9876543210")
        #expect(wire.get("/")["ETag"] != before)
        withExtendedLifetime(_server) {}
    }

    @Test(arguments: [
        ("bytes=0-0", 206, "0", "bytes 0-0/10"), ("bytes=2-4", 206, "234", "bytes 2-4/10"), ("bytes=7-", 206, "789", "bytes 7-9/10"),
        ("bytes=-3", 206, "789", "bytes 7-9/10"), ("bytes=-99", 206, "0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, "89", "bytes 8-9/10"),
        ("bytes=8-99999999999999999999", 206, "89", "bytes 8-9/10"), ("bytes=10-", 416, "", "bytes */10"),
        ("bytes=-0", 416, "", "bytes */10"),
        ("bytes=18446744073709551615-18446744073709551616", 416, "", "bytes */10"), ("bytes=4-2", 200, "0123456789", ""),
        ("bytes=0-1,3-4", 200, "0123456789", ""), ("bytes=-", 200, "0123456789", ""), ("bytes=a-b", 200, "0123456789", ""),
        ("bytes=1-2-3", 200, "0123456789", ""), ("lines=1-2", 200, "0123456789", ""),
    ])
    func `one range of a file is sent, anything else is ignored`(range: String, status: Int, text: String, field: String) throws {
        let (_server, wire) = try wire(folder.write("a", digits))
        let answer = wire.get("/", "Range: \(range)\r\n")
        #expect(answer.status == status && (answer["Content-Range"] ?? "") == field)
        if status != 416 { #expect(answer.text == text && answer["Content-Length"] == "\(text.utf8.count)") }
        #expect(wire.get("/").text == digits)
        withExtendedLifetime(_server) {}
    }

    @Test func `a range is sent only of the content the client knows`() throws {
        let (_server, wire) = try wire(folder.write("a", digits))
        let answer = wire.get("/")
        let (tag, modified) = (try #require(answer["ETag"]), try #require(answer["Last-Modified"]))
        for validator in [tag, modified] { #expect(wire.get("/", "Range: bytes=1-1\r\nIf-Range: \(validator)\r\n").text == "1") }
        for validator in ["\"x\"", "W/\(tag)", "Sun, 06 Nov 1994 08:49:37 GMT"] {
            #expect(wire.get("/", "Range: bytes=1-1\r\nIf-Range: \(validator)\r\n").text == digits)
        }
        withExtendedLifetime(_server) {}
    }

    @Test func `bytes are treated as a file where their handler offers it`() throws {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        let bytes = Array(digits.utf8)
        let server = try serve { request in
            let headers: Headers =
                request.path == ["file"] ? ["ETag": "\"v1\"", "Last-Modified": date, "Accept-Ranges": "bytes"] : ["ETag": "\"v1\""]
            return Response(.ok, headers: headers, body: .bytes(bytes))
        }
        let wire = try Wire(server.address)
        let part = wire.get("/file", "Range: bytes=2-4\r\n")
        #expect(part.status == 206 && part.text == "234" && part["Content-Range"] == "bytes 2-4/10" && part["Content-Length"] == "3")
        #expect(wire.get("/file", "Range: bytes=2-4\r\nIf-Range: \"v2\"\r\n").text == digits)
        let none = wire.get("/file", "Range: bytes=10-\r\n")
        #expect(none.status == 416 && none["Content-Range"] == "bytes */10")
        #expect(wire.get("/file", "If-Modified-Since: \(date)\r\n").status == 304)
        #expect(wire.get("/page", "Range: bytes=2-4\r\n").text == digits)
        #expect(wire.get("/page", "If-None-Match: \"v1\"\r\n").status == 304)
    }

    @Test func `HEAD and an empty file have no body`() throws {
        let (_server, wire) = try wire(folder.write("a", digits))
        wire.send("HEAD / HTTP/1.1\r\nHost: a\r\nRange: bytes=1-1\r\n\r\n")
        let head = wire.answer(toHead: true)
        #expect(head.status == 200 && head["Content-Length"] == "10")
        _ = folder.write("a", "")
        let empty = wire.get("/")
        #expect(empty.status == 200 && empty["Content-Length"] == "0")
        #expect(wire.get("/", "Range: bytes=0-\r\n").status == 416)
        withExtendedLifetime(_server) {}
    }

    @Test func `what is no file that can be read is not found`() throws {
        mkfifo(folder.path + "/pipe", 0o600)
        for path in [folder.path, folder.path + "/none", folder.path + "/pipe", folder.write("a", digits) + "\0.css", "/dev/null"] {
            let (_server, wire) = try wire(path)
            #expect(wire.get("/").status == 404)
            withExtendedLifetime(_server) {}
        }
    }

    @Test func `a large file is sent in pieces, to a slow reader beside a fast one`() throws {
        // More than the sockets hold, and no two pieces alike.
        let text = String(repeating: (0..<10_000).map { "\($0)\n" }.joined(), count: 200)
        let path = folder.write("a", text)
        let server = try serve { $0.path == ["big"] ? Response(.ok, body: .file(path: path)) : .text(.ok, "small") }
        let slow = try Wire(server.address, receiveBuffer: 65_536)
        slow.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(slow.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
        let fast = try Wire(server.address)
        #expect(fast.get("/").text == "small")
        #expect(fast.get("/big").body == Array(text.utf8))
        #expect(slow.read(text.utf8.count) == Array(text.utf8))
        #expect(slow.get("/").text == "small")
    }

    @Test func `a file that shrinks while it is sent ends the connection`() throws {
        let path = folder.write("a", String(repeating: "x", count: 8_000_000))
        let server = try serve { _ in Response(.ok, body: .file(path: path)) }
        let wire = try Wire(server.address, receiveBuffer: 65_536)
        wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = wire.read(until: "\r\n\r\n")
        truncate(path, 10)
        #expect(wire.readToEnd().utf8.count < 8_000_000)
    }

    @Test func `a date is read as it is written`() {
        let date = HTTPDate(seconds: 784_111_777)
        #expect(date.text == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate(date.text) == date)
        for text in ["", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Foo 1994 08:49:37 GMT"] {
            #expect(HTTPDate(text) == nil)
        }
    }
}
