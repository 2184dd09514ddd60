import Glibc
import HTTP
import Testing

@testable import Sandbox

struct ServerTests {
    @Test func `a whole journey over a real socket, with a journal`() async throws {
        let file = try JournalFile()
        var configuration = SandboxService.Configuration(token: Stand.token)
        configuration.pace = 0
        configuration.control = true
        configuration.journal = file.path
        let service = try SandboxService(configuration: configuration)
        let server = try Server(.init()) { SandboxHandler(service) }
        let port = server.address.port

        let upload = try exchange(
            port, "POST \(Endpoint.upload.path)",
            #"{"upload_type":"UPLOAD_BY_URL","use_scenario":"AIGC","video_url":"https://cdn.example.com/clip.mp4"}"#)
        let video = try #require(upload.json["data"]?.items?.first?["video_id"]?.text)

        let body = JSONValue.product.with("media_list", ["video_id_list": [.string(video)]])
        let create = try exchange(port, "POST \(Endpoint.create.path)", String(decoding: body.bytes, as: UTF8.self))
        let task = try #require(create.json[path: "data.task_id"]?.text)
        let get = try exchange(port, "GET \(Endpoint.get.path)?task_id=\(task)")
        #expect(get.json[path: "data.status"] == "SUCCESS")
        #expect(get.json[path: "data.list"]?.items?.count == 4)
        let list = try exchange(port, "GET \(Endpoint.list.path)?page=1&page_size=1")
        #expect(list.json[path: "data.page_info.total_number"]?.integer == 4)
        #expect(try exchange(port, "GET /control/creates").json == [body])
        #expect(try exchange(port, "GET \(Endpoint.list.path.dropLast())").head.hasPrefix("HTTP/1.1 404 "))

        server.stop(within: .seconds(1))
        service.close()
        #expect(String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").count == 2)
    }

    @Test func `a stop waits for the answers that are on their way`() async throws {
        let service = try SandboxService(configuration: .init(token: Stand.token))
        service.inject(Fault(.late(50), on: .list))
        let server = try Server(.init()) { SandboxHandler(service) }
        let answer = Task.detached { [port = server.address.port] in try exchange(port, "GET \(Endpoint.list.path)") }
        // The fault is taken when the request has arrived.
        while service.counted.lists == 0 { await Task.yield() }
        server.stop(within: .seconds(1))
        #expect(try await answer.value.json.code == 0)
    }
}

private struct Answer {
    let head: Substring
    let json: JSONValue
}

/// One request on a connection of its own.
private func exchange(_ port: Int, _ line: String, _ body: String = "") throws -> Answer {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    #expect(connected == 0)
    let text =
        "\(line) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccess-Token: \(Stand.token)\r\nContent-Type: application/json\r\n"
        + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    let bytes = Array(text.utf8)
    #expect(bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } == bytes.count)
    let answer = String(decoding: try #require(readAll(descriptor)), as: UTF8.self)
    let end = try #require(answer.firstRange(of: "\r\n\r\n"))
    let rest = Array(answer[end.upperBound...].utf8)
    return Answer(head: answer[..<end.lowerBound], json: (try? JSONParser.parse(rest, depth: 16)) ?? .null)
}
