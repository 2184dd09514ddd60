import HTTP
import Testing

@testable import Sandbox

struct CallTests {
    @Test func `a request id has 31 digits and begins with the time`() async throws {
        let answer = try await Stand().call(.list)
        let id = try #require(answer["request_id"]?.text)
        #expect(id.count == 31)
        #expect(id.allSatisfy { $0.isWholeNumber })
        #expect(id.hasPrefix("20261124022506250"))
    }

    @Test func `a call without the token, or with another, is refused`() async throws {
        let stand = try Stand()
        for endpoint in Endpoint.allCases {
            #expect(try await stand.call(endpoint, .product, token: nil).code == 40104)
            #expect(try await stand.call(endpoint, .product, token: "").code == 40104)
            let wrong = try await stand.call(endpoint, .product, token: "another")
            #expect(wrong.code == 40105)
            #expect(!wrong.message.contains(Stand.token))
        }
    }

    @Test(arguments: [
        "/", "/open_api/v1.3/creative/aigc/script/list", "/open_api/v1.2/creative/aigc/script/list/", "/open_api/v1.3/file/video/ad/upload",
        "/open_api/v1.3/creative/aigc/script/list//",
    ])
    func `a wrong path is answered 404 in plain text`(path: String) async throws {
        let stand = try Stand()
        let response = await stand.send(Request(method: .get, path: stand.path(path), headers: ["Access-Token": Stand.token]))
        #expect(response.status == .notFound)
        #expect(response.headers["Content-Type"]?.hasPrefix("text/plain") == true)
    }

    @Test func `a wrong method is an error of the envelope`() async throws {
        let stand = try Stand()
        for endpoint in Endpoint.allCases {
            var request = stand.request(endpoint)
            request.method = endpoint.method == .get ? .post : .get
            let response = await stand.send(request)
            #expect(response.status == .ok)
            #expect(try response.json.code == 40051)
        }
    }

    @Test func `an upload is answered with an array of one video`() async throws {
        let answer = try await Stand().upload("https://cdn.example.com/a%20clip.mp4?sig=1")
        #expect(answer.code == 0)
        #expect(answer["data"]?.items?.count == 1)
        #expect(answer["data"]?.items?.first?["video_id"]?.text?.hasPrefix("v10033g50000") == true)
    }

    @Test func `an upload may come as a multipart form`() async throws {
        let stand = try Stand()
        let fields = [("upload_type", "UPLOAD_BY_URL"), ("use_scenario", "AIGC"), ("video_url", "https://cdn.example.com/clip.mov")]
        let parts = fields.map { "--frontier\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }
        var request = stand.request(.upload, Array((parts.joined() + "--frontier--\r\n").utf8))
        request.headers["Content-Type"] = "multipart/form-data; boundary=frontier"
        let answer = try await stand.send(request).json
        #expect(answer.code == 0, "\(answer.message)")

        request.body = .bytes(Array("--frontier\r\n".utf8))
        #expect(try await stand.send(request).json.code == 40002)
    }

    @Test(arguments: [
        "clip.mp4", "/clip.mp4", "//cdn.example.com/clip.mp4", "ftp://cdn.example.com/clip.mp4", "https://", "https:///clip.mp4",
        "https://cdn.example.com/a clip.mp4", "https://cdn.example.com/ä.mp4", "https://cdn.example.com/50%.mp4", "",
        "https://cdn.example.com/clip\n.mp4",
    ])
    func `a URL that is not absolute, http and encoded is refused`(url: String) async throws {
        let answer = try await Stand().upload(url)
        #expect(answer.code == 40002)
        #expect(answer.message.hasPrefix("video_url"))
    }

    @Test(arguments: [
        ("https://cdn.example.com/notes.txt", 40904), ("https://cdn.example.com/page.HTML", 40904),
        ("https://cdn.example.com/clip.gif", 40906), ("https://cdn.example.com/clip.webm?name=clip.mp4", 40906),
    ])
    func `a file that is no video is refused as such`(url: String, code: Int64) async throws {
        #expect(try await Stand().upload(url).code == code)
    }

    @Test(arguments: ["clip.mp4", "clip.MOV", "clip.mpeg", "clip.avi", "clip", ""])
    func `a file in one of the formats, or without a name, is taken`(name: String) async throws {
        #expect(try await Stand().upload("http://cdn.example.com/\(name)").code == 0)
    }

    @Test func `the other fields of an upload are checked too`() async throws {
        let stand = try Stand()
        let body: JSONValue = ["upload_type": "UPLOAD_BY_URL", "use_scenario": "AIGC", "video_url": "https://cdn.example.com/clip.mp4"]
        for field in ["upload_type", "use_scenario", "video_url"] {
            for value in [nil, "X", .number(1)] as [JSONValue?] {
                let answer = try await stand.call(.upload, body.with(field, value))
                #expect(answer.code == 40002)
                #expect(answer.message.hasPrefix(field))
            }
        }
    }

    @Test func `an unknown video is refused by create, and named`() async throws {
        let answer = try await Stand().call(.create, JSONValue.product.with("media_list", ["video_id_list": ["v404"]]))
        #expect(answer.code == 40053)
        #expect(answer.message.contains("v404"))
    }

    @Test func `a rejected video gets an id that create refuses later`() async throws {
        let stand = try Stand()
        let good = try await stand.video()
        let bad = try await stand.video("https://cdn.example.com/rejected-clip.mp4")
        let answer = try await stand.call(.create, JSONValue.product.with("media_list", ["video_id_list": [.string(good), .string(bad)]]))
        #expect(answer.code == 40053)
        #expect(answer.message.contains(bad))
        #expect(!answer.message.contains(good))
    }

    @Test func `a task that is not there is an unknown object`() async throws {
        let stand = try Stand()
        #expect(try await stand.call(.get, query: "task_id=1").code == 40007)
        #expect(try await stand.call(.get, query: "task_id=").code == 40002)
        #expect(try await stand.call(.get).code == 40002)
    }

    @Test func `two creates a minute are taken, in any 60 seconds`() async throws {
        let stand = try Stand(createsPerMinute: 2)
        #expect(try await stand.call(.create, .product).code == 0)
        stand.clock.advance(30)
        #expect(try await stand.call(.create, .product).code == 0)
        #expect(try await stand.call(.create, .product).code == 40100)
        stand.clock.advance(29.999)
        #expect(try await stand.call(.create, .product).code == 40100)
        stand.clock.advance(0.001)
        #expect(try await stand.call(.create, .product).code == 0)
        #expect(try await stand.call(.create, .product).code == 40100)
        stand.clock.advance(30)
        #expect(try await stand.call(.create, .product).code == 0)
    }

    @Test func `a call that the rules refuse counts against the limit, a wrong token does not`() async throws {
        let stand = try Stand(createsPerMinute: 2)
        #expect(try await stand.call(.create, .product, token: "another").code == 40105)
        #expect(try await stand.call(.create, [:]).code == 40002)
        #expect(try await stand.call(.create, [:]).code == 40002)
        #expect(try await stand.call(.create, .product).code == 40100)
    }

    @Test func `a clock that was set back blocks nobody`() async throws {
        let stand = try Stand(createsPerMinute: 1)
        #expect(try await stand.call(.create, .product).code == 0)
        stand.clock.advance(-3600)
        #expect(try await stand.call(.create, .product).code == 0)
    }
}
