import Glibc

/// One line on standard error. What it says never holds what a person typed, or a secret.
func log(_ line: String) {
    let bytes = Array("scriptorium: \(line)\n".utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
