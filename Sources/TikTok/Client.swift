import Domain

/// The four calls of the remote API under one base and one token. It is a value to keep for as long as both hold: calls share its
/// connections. *Threading*: calls may run at the same time. *Cancellation*: a call whose task is cancelled ends at once as unknown.
package struct Client: Sendable {
    private let base: Base
    private let token: Token
    private let deadlines: Deadlines
    private let transport: Transport

    /// - Parameters:
    ///   - base: https, or http on loopback, where the sandbox lives; the token would travel in the clear otherwise.
    ///   - token: what is sent as `Access-Token`. Without one the service refuses every call.
    package init(base: String, token: String, deadlines: Deadlines = .standard) throws(InvalidBase) {
        self.base = try Base(base)
        self.token = try Token(token)
        self.deadlines = deadlines
        transport = Transport()
    }

    /// Has the service fetch a video.
    /// - Returns: its `video_id`.
    package func upload(_ url: AssetURL) async -> Outcome<String> {
        let request = post("/file/video/ad/upload/", UploadRequest.body(url), within: deadlines.upload, onFreshConnection: false)
        return await call(request) { (video: UploadedVideo) in video.id }
    }

    /// Asks for scripts. It costs quota and has no idempotency key, so it leaves on a fresh connection: on a kept one libcurl sends a
    /// request a second time when the first found the connection dead.
    /// - Parameter videoIDs: the service's ids of the brief's videos.
    /// - Returns: the service's `task_id`.
    package func create(_ brief: Brief, videoIDs: [String]) async -> Outcome<String> {
        let body = CreateRequest.createBody(brief, videoIDs: videoIDs)
        let path = "/creative/aigc/script_generation/task/create/"
        let request = post(path, body, within: deadlines.create, onFreshConnection: true)
        return await call(request) { (task: CreatedTask) in task.id }
    }

    /// Asks how a task stands.
    package func task(_ remoteID: String) async -> Outcome<RemoteSnapshot> {
        let request = get("/creative/aigc/script/task/get/?task_id=\(Self.encoded(remoteID))")
        return await call(request) { (task: PolledTask) in
            // An answer about another task would put its scripts under this one.
            guard task.id == nil || task.id == remoteID else { return nil }
            return RemoteSnapshot(status: RemoteStatus(word: task.status), scripts: task.scripts)
        }
    }

    /// Lists the scripts of the account, whoever made them.
    /// - Parameters:
    ///   - page: 1 for the first.
    ///   - size: 1 to 100.
    package func scripts(page: Int, size: Int) async -> Outcome<ScriptListing> {
        let request = get("/creative/aigc/script/list/?page=\(page)&page_size=\(size)")
        return await call(request) { (listed: ListedScripts) in
            ScriptListing(
                scripts: listed.scripts, page: listed.page, pageSize: listed.pageSize, total: listed.total, pages: listed.pages)
        }
    }

    /// Ends every call that hangs before anything of it has left, as not sent.
    package func cancelUnsent() {
        transport.cancelUnsent()
    }

    private func get(_ path: String) -> Transport.Request {
        Transport.Request(
            method: .get, address: base.address + path, headers: [("Access-Token", token.text)], deadline: deadlines.read,
            onFreshConnection: false, isLocal: base.isLocal)
    }

    private func post(_ path: String, _ body: [UInt8], within deadline: Duration, onFreshConnection: Bool) -> Transport.Request {
        Transport.Request(
            method: .post(body), address: base.address + path,
            headers: [("Access-Token", token.text), ("Content-Type", "application/json")], deadline: deadline,
            onFreshConnection: onFreshConnection, isLocal: base.isLocal)
    }

    private func call<Payload: Decodable & Sendable, Value: Sendable>(
        _ request: Transport.Request, value: (Payload) -> Value?
    ) async -> Outcome<Value> {
        switch await transport.send(request) {
        case .notSent(let reason): .notSent(reason: token.removed(from: reason))
        case .unknown(let reason): .unknown(reason: token.removed(from: reason))
        case .answer(let status, let body): Answer<Payload>(status: status, body: body, without: token).outcome(value)
        }
    }

    /// All but RFC 3986's unreserved characters as `%XX`: an id is opaque.
    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                result.append(character)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }
}
