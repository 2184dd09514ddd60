/// What each code of the service means, who can mend it, and what the worker does: the one table that the worker, the pages and the log
/// read.
package struct ReturnCode: Sendable, Hashable {
    package enum Mender: Sendable, Hashable {
        /// Waiting is enough.
        case time
        /// Whoever wrote the brief or chose the video.
        case writer
        /// Whoever looks after the token, the developer app or the settings.
        case admin
    }

    package enum Reaction: Sendable, Hashable {
        case useData
        /// This task or upload has failed and is not sent again unchanged.
        case fail
        /// Every call on the connection waits until a person has mended it; the queue is kept.
        case stop
        /// The task is unknown to the service: failed.
        case gone
        /// The outcome is unknown and the call is not repeated.
        case unconfirm
        /// The video that the message names is marked rejected; the task has failed.
        case rejectVideo
        /// The connection waits, and goes on by itself.
        case throttle
        /// Not done yet: the same call again later.
        case tryLater
        /// Not taken in: the same call again with back-off, a create too.
        case tryAgain
        /// Trouble on the service's side: reads and uploads again with back-off, the outcome of a create is unknown.
        case trouble
    }

    package let words: String
    package let mender: Mender
    package let reaction: Reaction

    package init(_ code: Int) {
        let row = Self.rows.first { $0.codes.contains { $0.contains(code) } }
        self = row?.meaning ?? Self.other
    }

    private init(_ reaction: Reaction, _ mender: Mender, _ words: String) {
        self.words = words
        self.mender = mender
        self.reaction = reaction
    }

    private static let other = ReturnCode(.fail, .writer, "The service refused this with a code that we don't know.")

    private static let rows: [(codes: [ClosedRange<Int>], meaning: ReturnCode)] = [
        ([0...0], ReturnCode(.useData, .time, "Done.")),
        ([20001...20001], ReturnCode(.useData, .time, "Partly done.")),
        (
            [40000...40000, 40002...40002],
            ReturnCode(.fail, .writer, "The service found a mistake in the brief. Its message says which; mend it and send again.")
        ),
        (
            [40001...40001, 40124...40125, 40130...40130],
            ReturnCode(.stop, .admin, "The developer app lacks a permission. Its message says which; nothing is sent until it is given.")
        ),
        (
            [40006...40006, 40051...40051, 40008...40008, 40010...40010],
            ReturnCode(.stop, .admin, "The API address in the settings is wrong. Correct TIKTOK_API_BASE and start again.")
        ),
        ([40007...40007], ReturnCode(.gone, .writer, "The service no longer knows this task. Send the brief again.")),
        (
            [40050...40050],
            ReturnCode(.unconfirm, .writer, "The service took this for a repetition, so it may or may not be working on it.")
        ),
        (
            [40053...40053],
            ReturnCode(.rejectVideo, .writer, "The service will not use a video of this brief. Send the brief again without it.")
        ),
        (
            [40016...40016, 40100...40100, 40132...40133],
            ReturnCode(.throttle, .time, "The service asks us to wait. The brief goes out by itself.")
        ),
        (
            [40101...40101, 40113...40113],
            ReturnCode(.stop, .admin, "The developer app is blocked or does not fit the token. Check it in the developer portal.")
        ),
        (
            [40102...40106],
            ReturnCode(.stop, .admin, "The access token is missing, wrong, expired or revoked. Connect again with a valid token.")
        ),
        (
            [40118...40118],
            ReturnCode(.stop, .admin, "This account is not on the allow-list for script generation. Ask your TikTok representative.")
        ),
        (
            [40200...40202, 40700...40700, 40901...40901],
            ReturnCode(.tryLater, .time, "The service is not ready for this yet. It is tried again by itself.")
        ),
        ([40911...40911], ReturnCode(.fail, .writer, "A video of that name exists in the account. Rename the file and upload it again.")),
        (
            [40900...40900, 40902...40910, 40912...40916],
            ReturnCode(
                .fail, .writer,
                "The service could not take this file. Check that the address is public and the video is .mp4, .mov, .mpeg or .avi.")
        ),
        (
            [60001...60001, 61000...61000],
            ReturnCode(.tryAgain, .time, "The service is under maintenance or overloaded. It is tried again by itself.")
        ),
        ([50000...59999], ReturnCode(.trouble, .time, "The service had trouble of its own.")),
    ]
}
