import HTTP
import Secrets

/// What every request has to pass before a page sees it, and what every answer carries.
struct Doors: Sendable {
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    let allowedHosts: Set<String>
    let formKey: String
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
        let name = Self.withoutPort(host).lowercased()
        return Self.loopback.contains(name) || allowedHosts.contains(name)
    }

    /// A form of ours, sent by a page of ours. Browsers say where a request comes from (Fetch Metadata; RFC 6454 §7); what is no browser
    /// says nothing, and then the key alone decides.
    func allowsPost(_ request: Request, _ form: FormData) -> Bool {
        allowsOrigin(of: request) && isSameSecret(form["csrf_token"] ?? "", formKey)
    }

    /// What can be said of a form by its head alone.
    func allowsOrigin(of request: Request) -> Bool {
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin", site != "none" { return false }
        if let origin = request.headers["Origin"] {
            guard let host = request.headers["Host"] else { return false }
            guard ["http://\(host)", "https://\(host)"].contains(where: { $0.lowercased() == origin.lowercased() }) else { return false }
        }
        return true
    }

    /// No script, style or frame but our own, nothing guessed, nothing told to other sites. `same-origin` and not `no-referrer`: the latter
    /// makes browsers send `Origin: null` with our own forms.
    static func seal(_ response: Response) -> Response {
        var response = response
        response.headers.fill(from: sealHeaders)
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
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
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
