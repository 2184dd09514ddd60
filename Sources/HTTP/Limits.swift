/// Everything the server bounds, in one place. A limit is there so that no client, by malice or by mistake, takes what the others need;
/// each default says what it has to let through.
package struct Limits: Sendable {
    /// Connections held at once; the next ones get 503. Ten thousand idle tabs fit with room, and a connection costs some 2 kB.
    package var connections = 12_000
    /// The request line's target. RFC 9112 §3 recommends at least 8,000 octets for the line.
    package var target = 8_192
    /// The whole head, request line included. Browsers' cookies stay below 8 kB, so twice that and a long target fit.
    package var headerBytes = 32_768
    /// Header fields, or trailer fields, in one request. Browsers send some 20.
    package var headerFields = 128
    /// A body up to this is kept in memory; a larger one streams to a file. Every form of ours fits, typed text and all.
    package var bodyInMemory = 65_536
    /// Any body; more is 413. No page takes more than a picture of some megabytes.
    package var body = 33_554_432
    /// A form that came as a file and is read back. Forms carry text and small files; what is larger is not decoded in memory.
    package var formBody = 33_554_432
    /// Fields in a form, files included.
    package var formFields = 1_000

    package init() {}
}
