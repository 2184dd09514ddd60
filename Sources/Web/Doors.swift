import HTTP
import Secrets

/// What every request has to pass before a page sees it, and what every answer carries.
struct Doors: Sendable {
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// Beside the loopback names.
    let allowedHosts: Set<String>

    /// Only names that this app was given: a foreign name that was made to point here (DNS rebinding) opens nothing. Without a name, which
    /// only HTTP/1.0 may leave out, it is no browser's request.
    func allowsHost(of request: Request) -> Bool {
        guard let host = request.headers["Host"] else { return true }
        return Self.isLoopback(host) || allowedHosts.contains(Self.withoutPort(host).lowercased())
    }

    static func isLoopback(_ host: String?) -> Bool {
        host.map { loopback.contains(withoutPort($0).lowercased()) } ?? false
    }

    /// A form of ours, sent by a page of ours: the browser has to say that it comes from here (Fetch Metadata; RFC 6454 §7), and the form
    /// has to carry the token of its session. Programs use an API token instead, which no browser sends by itself.
    static func allowsPost(_ request: Request, _ form: FormData, token: String, isSecure: Bool) -> Bool {
        let site = request.headers["Sec-Fetch-Site"]
        if let site, site != "same-origin", site != "none" { return false }
        if let origin = request.headers["Origin"] {
            guard let host = request.headers["Host"] else { return false }
            // Behind a proxy that is not trusted it may be either.
            let schemes = isSecure ? ["https"] : ["http", "https"]
            guard schemes.contains(where: { "\($0)://\(host)".lowercased() == origin.lowercased() }) else { return false }
        } else if site != "same-origin" {
            return false
        }
        return isSameSecret(form["csrf_token"] ?? "", token)
    }

    /// No script, style or frame but our own, nothing guessed, nothing told to other sites, no sensor used. `same-origin` and not
    /// `no-referrer`: the latter makes browsers send `Origin: null` with our own forms.
    static func seal(_ response: Response, isSecure: Bool) -> Response {
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

    private static let sealHeaders: Headers = [
        "Content-Security-Policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'",
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
