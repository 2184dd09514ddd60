import Domain
import Glibc

/// One structured line on standard error. What it says never holds what a person typed, or a secret.
func log(_ event: String, level: String = "error", at now: Timestamp, _ fields: [(name: String, value: String)] = []) {
    let bytes = Array((LogLine.text(at: now, level: level, event: event, fields: fields) + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
