import Foundation

/// What a test tells the sandbox that runs alone.
extension Program {
    /// - Parameter fault: as `POST /control/faults` takes it.
    func inject(_ fault: String) async throws {
        let headers = [("Host", client.host), ("Content-Type", "application/json")]
        let answer = try await Exchange(method: "POST", target: "/control/faults", headers: headers, body: Array(fault.utf8)).perform(
            port: port)
        guard answer.status == 204 else { throw Failure("\(fault): \(answer.text)") }
    }

    func endFaults() async throws {
        _ = try await client.get("/control/faults", method: "DELETE")
    }
}

extension Client {
    /// Presses the page's button that posts to `action`.
    @discardableResult func press(_ action: String, at path: String, adding values: [String: String] = [:]) async throws -> Answer {
        var form = try await form(at: path, action: action)
        for (name, value) in values { form.forge(name, value) }
        return try await submit(form)
    }
}
