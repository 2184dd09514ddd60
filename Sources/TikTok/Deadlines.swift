/// How long a call may take from its start to the last byte of its answer.
package struct Deadlines: Sendable, Hashable {
    package let upload: Duration
    package let create: Duration
    package let read: Duration

    package init(upload: Duration, create: Duration, read: Duration) {
        self.upload = upload
        self.create = create
        self.read = read
    }

    /// The service gives an upload up after 10 s, so 20 s leave its answer time to arrive.
    package static let standard = Deadlines(upload: .seconds(20), create: .seconds(30), read: .seconds(15))
}
