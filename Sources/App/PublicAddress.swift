/// `--public-url`: where the service reaches this app to fetch videos. Only the origin counts, since the app's paths stand behind it.
struct PublicAddress: Sendable {
    /// Without a slash at the end: `https://media.example.com:8443`.
    let origin: String
    /// In lower case, without port.
    let host: String

    /// - Parameter own: host names under which people open the app, in lower case.
    init(_ text: String, own: Set<String>) throws(StartError) {
        func wrong(_ reason: String) -> StartError {
            StartError("--public-url \(text): \(reason); write it as https://media.example.com")
        }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw wrong("it holds characters that no address has") }
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw wrong("it begins with neither https:// nor http://")
        }
        var authority = text.dropFirst(scheme.count)
        if authority.hasSuffix("/") { authority = authority.dropLast() }
        guard !authority.contains(where: { "/?#".contains($0) }) else { throw wrong("it has a path, and the app answers at the root") }
        guard !authority.contains("@") else { throw wrong("it holds a user name") }
        let (host, port) = try Self.split(authority, wrong: wrong)
        if let port { guard let number = Int(port), (1...65_535).contains(number) else { throw wrong("\(port) is no port") } }
        guard !host.isEmpty, host.allSatisfy({ $0.isLetter || $0.isNumber || "-._[]:".contains($0) }) else {
            throw wrong("it names no host")
        }
        guard !own.union(["localhost", "127.0.0.1", "[::1]"]).contains(host) else {
            throw wrong("people open the app under that name, and the public one answers nothing but videos")
        }
        self.host = host
        origin = scheme + authority.lowercased()
    }

    private static func split(_ authority: Substring, wrong: (String) -> StartError) throws(StartError) -> (String, Substring?) {
        let end: Substring.Index
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { throw wrong("it names no host") }
            end = authority.index(after: bracket)
        } else {
            end = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let rest = authority[end...]
        guard rest.isEmpty || rest.hasPrefix(":") else { throw wrong("it names no host") }
        return (authority[..<end].lowercased(), rest.isEmpty ? nil : rest.dropFirst())
    }
}
