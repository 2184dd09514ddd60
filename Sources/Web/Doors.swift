import HTTP
import Secrets

/// What every request has to pass before a page sees it, and what every answer carries.
struct Doors: Sendable {
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// Beside the loopback names.
    let allowedHosts: Set<String>
    /// The host name by which the service fetches videos; nil when it cannot.
    let publicHost: String?

    /// Whether a request came by the name that is known outside: there is nothing but `/media/` there, so that a tunnel to it opens nothing
    /// more.
    func isPublic(_ request: Request) -> Bool {
        guard let publicHost, let host = request.headers["Host"] else { return false }
        return Self.withoutPort(host).lowercased() == publicHost
    }

    /// Only names that this app was given: a foreign name that was made to point here (DNS rebinding) opens nothing. Without a name, which
    /// only HTTP/1.0 may leave out, it is no browser's request.
    func allowsHost(of request: Request) -> Bool {
        guard let host = request.headers["Host"] else { return true }
        return Self.isLoopback(host) || allowedHosts.contains(Self.withoutPort(host).lowercased())
    }

    static func isLoopback(_ host: String?) -> Bool {
        host.map { loopback.contains(withoutPort($0).lowercased()) } ?? false
    }

    /// No page of another site. A body of JSON is one that no such page can send unasked (Fetch, "CORS-safelisted request-header"), and what
    /// is no browser says nothing of where it comes from.
    static func allowsProgram(_ request: Request) -> Bool {
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin", site != "none" { return false }
        guard let origin = request.headers["Origin"] else { return true }
        guard let host = request.headers["Host"] else { return false }
        return ["http://\(host)", "https://\(host)"].contains { $0.lowercased() == origin.lowercased() }
    }

    /// No script, style or frame but our own, nothing guessed, nothing told to other sites, no sensor used. `same-origin` and not
    /// `no-referrer`: the latter makes browsers send `Origin: null` with our own forms.
    static func seal(_ response: Response, isSecure: Bool = false) -> Response {
        var response = response
        if case .later(let work) = response.body {
            // What comes later is sealed when it comes.
            response.body = .later { responder in work(Responder { responder.respond(seal($0, isSecure: isSecure)) }) }
            return response
        }
        response.headers.fill(from: sealHeaders)
        if isSecure { response.headers["Strict-Transport-Security"] = "max-age=31536000" }
        return response
    }

    /// - Parameter media: from where images and videos are loaded, besides this app.
    fileprivate static func policy(media: String = "") -> String {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'\(media); media-src 'self'\(media); connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }

    private static let sealHeaders: Headers = [
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
