import Foundation

/// A file in a form's file control, as a browser would send it.
struct UploadedFile: Sendable {
    var control = "video_file"
    let name: String
    let content: [UInt8]
    /// Zero bytes behind the content: a large file that costs the test nothing.
    var zeros = 0
}

extension Form {
    fileprivate static let boundary = "----boundary-of-the-test"

    /// `multipart/form-data` up to the last file's zeros, and what follows them.
    fileprivate func multipart(_ files: [UploadedFile]) -> (start: [UInt8], zeros: Int, end: [UInt8]) {
        var body: [UInt8] = []
        for (name, value) in pairs {
            let lines = value.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
            body += Array("--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(lines)\r\n".utf8)
        }
        for (index, file) in files.enumerated() {
            // WHATWG HTML §4.10.21.8.
            let name = file.name.replacing("\"", with: "%22").replacing("\r\n", with: "%0D%0A")
            let head = "Content-Disposition: form-data; name=\"\(file.control)\"; filename=\"\(name)\"\r\nContent-Type: video/mp4\r\n\r\n"
            body += Array("--\(Self.boundary)\r\n\(head)".utf8) + file.content
            if index < files.count - 1 { body += Array("\r\n".utf8) }
        }
        return (body, files.last?.zeros ?? 0, Array("\r\n--\(Self.boundary)--\r\n".utf8))
    }
}

extension Client {
    func submit(_ form: Form, _ files: [UploadedFile]) async throws -> Answer {
        let (start, zeros, end) = form.multipart(files)
        let headers = [
            ("Host", host), ("Origin", "http://\(host)"), ("Content-Type", "multipart/form-data; boundary=\(Form.boundary)"),
        ]
        return try await Exchange(method: "POST", target: form.action, headers: headers + own, body: start, zeros: zeros, end: end)
            .perform(port: port, within: 120)
    }

    /// The form for videos, with the notice confirmed.
    func videoForm() async throws -> Form {
        var form = try await form(at: "/videos/new")
        try form.tick("notice_acknowledged")
        return form
    }

    /// Hands files in, and waits until each is in this state.
    func upload(_ files: [UploadedFile], until state: String = "ready") async throws {
        _ = try await submit(videoForm(), files).destination
        for file in files {
            var last: [String] = []
            _ = try await eventually("\(file.name) is \(state), but it is \(last)") {
                last = try await states(of: file.name)
                return last.first == state ? true : nil
            }
        }
    }

    /// The page of the newest video that the list names so.
    func video(_ name: String) async throws -> (path: String, page: Page) {
        let row = try await get("/videos").page.rows.first { $0.mentions(name) }
        guard let id = row?["id"]?.split(separator: "-").last else { throw Failure("no video \(name)") }
        return ("/videos/\(id)", try await get("/videos/\(id)").page)
    }

    /// Where the service fetches a video that was uploaded as a file.
    func media(of name: String) async throws -> String {
        let page = try await video(name).page
        guard let address = page.root.first({ $0.name == "dd" && $0.text.hasPrefix("/media/") })?.text else {
            throw Failure("\(name): no file")
        }
        return address
    }
}
