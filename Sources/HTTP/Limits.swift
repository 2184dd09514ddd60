/// Everything the server bounds, in one place. A limit is there so that no client, by malice or by mistake, takes what the others need;
/// each default says what it has to let through.
package struct Limits: Sendable {
    // MARK: One request

    /// The request line's target. RFC 9112 §3 recommends at least 8,000 octets for the line.
    package var target = 8_192
    /// The header fields, or the trailer fields, in bytes. Browsers' cookies stay below 8 kB; some proxies add as much again.
    package var headerBytes = 32_768
    /// Header fields, or trailer fields, in one request. Browsers send some 20.
    package var headerFields = 128
    /// The line in front of a chunk, extensions included. Nobody sends extensions.
    package var chunkLine = 256
    /// A body up to this is kept in memory; a larger one streams to a file. Every form of ours fits, typed text and all.
    package var bodyInMemory = 65_536
    /// Any body; more is 413. No page takes more than a picture of some megabytes.
    package var body = 33_554_432
    /// A form that came as a file and is read back. Forms carry text and small files.
    package var formBody = 33_554_432
    /// Fields in a form, files included.
    package var formFields = 1_000

    // MARK: One connection

    /// Requests before the server closes: a client that never leaves would stay on its loop however uneven the loops have become.
    package var requestsPerConnection = 100_000
    /// From the first byte of a request to the end of its head. A head is one or two packets, even over a bad radio link.
    package var headerTime = Duration.seconds(10)
    /// For a body, on top of what its bytes take at `bodyRate`. Covers the time until the first byte, and pauses.
    package var bodyTime = Duration.seconds(20)
    /// Bytes a second that a body has to make on average: slower is no person waiting, but somebody holding a slot.
    package var bodyRate = 4_096
    /// Between requests. Browsers keep connections for minutes, and an idle one costs next to nothing.
    package var idleTime = Duration.seconds(75)
    /// For an answer that comes `later`. The slowest that is waited for is a write behind a stalled disk.
    package var answerTime = Duration.seconds(120)
    /// While a client takes nothing of its response.
    package var stalledTime = Duration.seconds(30)
    /// After the last response, for the client to read it before the connection is torn down (RFC 9112 §9.6).
    package var lingerTime = Duration.seconds(2)

    // MARK: Event streams

    /// Output that waits for one stream's client. One that is so far behind is dropped, and fetches anew when it comes back.
    package var streamOutput = 65_536
    /// Between comments on a quiet stream, by which either side notices that the other has gone. Proxies give up after 30 s or more.
    package var pingTime = Duration.seconds(15)

    // MARK: All connections

    /// Connections held at once; the next ones get 503. Ten thousand idle tabs and a thousand streams fit.
    package var connections = 12_000
    /// Connections over that limit which are told so at once; beyond them newcomers are closed without a word.
    package var refusals = 256

    package init() {}
}
