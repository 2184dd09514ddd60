import HTTP
import Secrets

/// What every request has to pass before a page sees it, and what every answer carries.
struct Doors: Sendable {
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// Beside the loopback names.
    let allowedHosts: Set<String>
    /// The host name by which the service fetches videos; nil when it cannot.
    let publicHost: String?

    func host(of request: Request) -> Host {
        let text = request.headers["Host"]
        // No browser's request (HTTP/1.0), so no foreign page has a hand in it: whatever listens on this computer alone was asked from it.
        guard let text else { return Host(text: nil, isAllowed: true, isLoopback: true, isPublic: false) }
        let name = Self.withoutPort(text).lowercased()
        let isLoopback = Self.loopback.contains(name)
        return Host(
            text: text, isAllowed: isLoopback || allowedHosts.contains(name), isLoopback: isLoopback, isPublic: name == publicHost)
    }

    /// No page of another site. A body of JSON is one that no such page can send unasked (Fetch, "CORS-safelisted request-header"), and what
    /// is no browser says nothing of where it comes from.
    static func allowsProgram(_ request: Request) -> Bool {
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin", site != "none" { return false }
        guard let origin = request.headers["Origin"] else { return true }
        guard let host = request.headers["Host"] else { return false }
        return ["http://\(host)", "https://\(host)"].contains { $0.lowercased() == origin.lowercased() }
    }

    /// Whoever came by TLS comes by nothing else from now on.
    static func keepSecure(_ response: Response) -> Response {
        var response = response
        if case .later(let work) = response.body {
            response.body = .later { responder in work(Responder { responder.respond(keepSecure($0)) }) }
            return response
        }
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
    }

    /// - Parameter media: from where images and videos are loaded, besides this app.
    fileprivate static func policy(media: String = "") -> String {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'\(media); media-src 'self'\(media); connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }

    /// What every answer carries, unless it says otherwise: no script, style or frame but our own, nothing guessed, nothing told to other
    /// sites, no sensor used. `same-origin` and not `no-referrer`: the latter makes browsers send `Origin: null` with our own forms.
    static let headers: Headers = [
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy":
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
            + "payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
    ]

    private static func withoutPort(_ host: String) -> Substring {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            let rest = host[host.index(after: end)...]
            return rest.isEmpty || rest.hasPrefix(":") ? host[...end] : host[...]
        }
        return host.prefix { $0 != ":" }
    }
}

/// The name by which a request came, and what it opens.
struct Host: Sendable {
    let text: String?
    /// Only names that this app was given: a foreign name that was made to point here (DNS rebinding) opens nothing. Without a name, which
    /// only HTTP/1.0 may leave out, it is no browser's request.
    let isAllowed: Bool
    let isLoopback: Bool
    /// Known outside: there is nothing but `/media/` under it, so that a tunnel to it opens nothing more.
    let isPublic: Bool
}

extension Response {
    /// For forms alone: they show what stands under an address while it is typed, and a file before it is sent. No referrer goes there:
    /// `same-origin` gives none to others.
    var withForeignMedia: Response {
        var response = self
        response.headers["Content-Security-Policy"] = Doors.policy(media: " blob: http: https:")
        return response
    }

    /// - Parameter origin: of one address that somebody asked to see.
    func withMedia(from origin: String) -> Response {
        var response = self
        response.headers["Content-Security-Policy"] = Doors.policy(media: " \(origin)")
        return response
    }
}

/// The door for changes: a form of ours, sent by a page of ours. A program with an API token does not pass it, since no browser sends such a
/// token by itself.
struct FormDoor: Sendable {
    let token: String
    /// The browser speaks TLS.
    let isSecure: Bool
    /// Nothing that a browser sends by itself opens anything here, so a request that does not say where it comes from is no browser's, and
    /// the token alone decides.
    let mayBeSilent: Bool

    func allows(_ request: Request, _ form: FormData) -> Bool {
        allowsOrigin(of: request) && isSameSecret(form["csrf_token"] ?? "", token)
    }

    /// What can be said of a form by its head alone (Fetch Metadata; RFC 6454 §7).
    func allowsOrigin(of request: Request) -> Bool {
        let site = request.headers["Sec-Fetch-Site"]
        if let site, site != "same-origin", site != "none" { return false }
        guard let origin = request.headers["Origin"] else { return site == "same-origin" || (mayBeSilent && site == nil) }
        guard let host = request.headers["Host"] else { return false }
        // Behind a proxy that is not trusted it may be either.
        let schemes = isSecure ? ["https"] : ["http", "https"]
        return schemes.contains { "\($0)://\(host)".lowercased() == origin.lowercased() }
    }
}
