import Foundation

/// A browser without a window: plain HTTP to one program, one connection a request.
struct Client: Sendable {
    let port: Int
    /// What a browser would send as `Host`.
    var host: String { "127.0.0.1:\(port)" }
    /// As it signed in with.
    var cookies: [String: String] = [:]
    /// Sent with every request.
    var headers: [(String, String)] = []

    func get(_ path: String, method: String = "GET", host: String? = nil) async throws -> Answer {
        try await Exchange(method: method, target: path, headers: [("Host", host ?? self.host)] + own).perform(port: port)
    }

    /// The page's form that posts to `action`, which is the page's own address unless given.
    func form(at path: String, action: String? = nil) async throws -> Form {
        let answer = try await get(path)
        guard answer.status == 200 else { throw Failure("GET \(path): \(answer.status)") }
        return try answer.page.form(action: action ?? path, at: path)
    }

    /// Posts as a browser does on the button's click.
    func submit(_ form: Form, origin: String? = nil) async throws -> Answer {
        let headers = [
            ("Host", host), ("Origin", origin ?? "http://\(host)"), ("Content-Type", "application/x-www-form-urlencoded"),
        ]
        return try await Exchange(method: "POST", target: form.action, headers: headers + own, body: Array(form.encoded.utf8))
            .perform(port: port)
    }

    /// Fills in the form and posts it.
    func submit(_ values: [String: String], at path: String, action: String? = nil) async throws -> Answer {
        var form = try await form(at: path, action: action)
        for (name, value) in values {
            if (try? form.fill(name, value)) == nil { form.forge(name, value) }
        }
        return try await submit(form)
    }

    /// The same browser after it was given the answer's cookies.
    func keeping(_ answer: Answer) -> Client {
        var client = self
        for (name, value) in answer.headers where name.lowercased() == "set-cookie" {
            let pair = value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            client.cookies[String(pair[0])] = pair.count > 1 && !pair[1].isEmpty ? String(pair[1]) : nil
        }
        return client
    }

    /// Beside what each request has anyway.
    var own: [(String, String)] {
        cookies.isEmpty ? headers : headers + [("Cookie", cookies.map { "\($0)=\($1)" }.joined(separator: "; "))]
    }
}

extension Answer {
    /// The path a successful POST leads to.
    var destination: String {
        get throws {
            guard status == 303, let location = self["Location"] else {
                throw Failure("303 was expected, not \(status): \(page.root.text.prefix(2_000))")
            }
            return location.hasPrefix("http") ? URL(string: location)?.path() ?? location : location
        }
    }
}
