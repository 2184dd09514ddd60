/// A request method this server knows (RFC 9110 §9.3, RFC 5789). Any other token is answered 501 before a handler sees it.
package enum Method: String, Sendable, Hashable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
}
