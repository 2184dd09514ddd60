import Domain
import HTTP
import Secrets

/// The two cookies. Under TLS their names begin with `__Host-`, with which a browser takes them from this host alone and only when secure
/// (RFC 6265bis §4.1.3.2).
enum Cookie: String {
    case session = "scriptorium"
    /// By which a member's own browser is counted by itself when sign-ins fail.
    case device = "scriptorium-device"

    func name(isSecure: Bool) -> String {
        isSecure ? "__Host-\(rawValue)" : rawValue
    }

    /// - Parameter seconds: 0 takes it back.
    func header(_ value: String, for seconds: Int, isSecure: Bool) -> String {
        "\(name(isSecure: isSecure))=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
    }
}

extension Context {
    func cookie(_ cookie: Cookie) -> String? {
        let name = cookie.name(isSecure: visitor.isSecure)
        for field in request.headers.values("Cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, parts[0] == name { return String(parts[1]) }
            }
        }
        return nil
    }

    /// Answers with a new session's cookie, and with one that marks the device.
    func setCookies(_ response: inout Response, session: String, of account: Account) {
        let isSecure = visitor.isSecure
        response.headers.append("Set-Cookie", Cookie.session.header(session, for: Session.longestTime.wholeSeconds, isSecure: isSecure))
        let device = "\(RandomID.make())"
        response.headers.append(
            "Set-Cookie", Cookie.device.header("\(device).\(deviceSeal(device, account))", for: 365 * 86_400, isSecure: isSecure))
    }

    /// The device's name, when this browser has signed in as this member since their password was set.
    func knownDevice(of account: Account) -> String? {
        guard let parts = cookie(.device)?.split(separator: "."), parts.count == 2 else { return nil }
        return isSameSecret(String(parts[1]), deviceSeal(String(parts[0]), account)) ? String(parts[0]) : nil
    }

    private func deviceSeal(_ device: String, _ account: Account) -> String {
        TokenHash.keyed("\(account.id) \(device) \(account.passwordHash ?? "")", purpose: "device", key: site.formKey)
    }
}

extension String {
    /// `Chromium on Linux`, from a `User-Agent`: enough for its owner to know it again.
    var deviceName: String {
        let browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
        let systems = [
            ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"),
            ("Linux", "Linux"),
        ]
        let browser = browsers.first { contains($0.0) }?.1 ?? "A browser"
        return systems.first { contains($0.0) }.map { "\(browser) on \($0.1)" } ?? browser
    }
}
