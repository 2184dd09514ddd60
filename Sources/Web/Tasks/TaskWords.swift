import Domain

extension TaskFile {
    /// Where the task stands, in words.
    func progress(_ desk: Desk) -> TaskProgress {
        switch task.state {
        case .waiting:
            let pending = videos.filter { $0.state.name != .ready }.map { "“\($0.name.beginning(40))”" }
            return .waiting(videos: "\(pending.listed) \(pending.count == 1 ? "is" : "are") still uploading")
        case .queued:
            let place = ahead == 0 ? "next in the queue" : "\(ahead == 1 ? "1 brief is" : "\(ahead.counted) briefs are") ahead"
            return .queued(place: place, reason: reasonToWait(desk))
        case .sending:
            return .sending(past)
        case .running(let remote):
            return .running(running(remote.status, now: desk.now), past)
        case .succeeded(let remote, let closedByPerson):
            let took = task.sent.flatMap { sent in task.ended.map { $0 - sent } }
            let written = scripts.count == task.brief.count ? scripts.count.of("script") : scriptsHere
            if remote.isAdopted { return .adopted(scripts.count.of("script"), past) }
            return .succeeded(written + (took.map { " in \($0.rough)" } ?? ""), closedWith: closedByPerson ? scriptsHere : nil, past)
        case .failed(let failure):
            return failed(failure)
        case .cancelled:
            return .cancelled
        case .unconfirmed(let reason):
            return .unconfirmed(reason: reason, past)
        case .stalled:
            return .stalled("\(scriptsHere) are here", past)
        }
    }

    private var scriptsHere: String { "\(scripts.count) of \(task.brief.count.of("script"))" }

    private var past: TaskProgress.Past {
        var past = TaskProgress.Past()
        if let sent = task.sent {
            let waited = sent - task.created
            past.queued = waited < .seconds(2) ? "went out at once" : "waited \(waited.rough) for a free call"
        }
        if let remote = task.state.remote, !remote.isAdopted { past.sent = "task \(remote.id.abbreviatedID)" }
        return past
    }

    private func reasonToWait(_ desk: Desk) -> String {
        guard connection.id == desk.connection?.id else { return "it waits until its connection is the current one" }
        switch connection.state {
        case .needsAttention: return "the connection needs attention first"
        case .throttled(let until) where until > desk.now: return "the service asks us to wait \((until - desk.now).rough)"
        case .throttled, .working: break
        }
        if let trouble = lastTry { return trouble }
        let wait = desk.limit.wait(ages: desk.ages, place: ahead + 1)
        if wait == .zero { return "goes out now" }
        return "\(desk.limit.perMinute.of("call")) a minute are free, its turn comes in about \(wait.rough)"
    }

    /// Why the create that was tried before came to nothing; nil when there was none.
    private var lastTry: String? {
        guard let last = calls.last(where: { $0.endpoint == .create }) else { return nil }
        switch last.result {
        case .notSent: return "the service can't be reached, and it is tried again by itself"
        case .refused(let refusal):
            switch refusal.meaning.reaction {
            case .tryLater, .tryAgain: return "the service could not take it yet, and it is tried again by itself"
            case .useData, .fail, .stop, .gone, .unconfirm, .rejectVideo, .throttle, .trouble: return nil
            }
        // A person has sent it again since.
        case .done, .unknown, .none: return nil
        }
    }

    private func running(_ status: RemoteStatus, now: Timestamp) -> String {
        switch status {
        case .submitted: return "the service has not begun yet"
        case .processing: return scripts.isEmpty ? "the service is writing" : "\(scriptsHere) are here, more are coming"
        case .partialSuccess:
            if task.nothingNew(since: now) != nil { return "\(scriptsHere) are here, and nothing new for ten minutes" }
            return "\(scriptsHere) are here, more are coming"
        case .success, .failed: return "\(scriptsHere) are here"
        case .other(let word): return "the service says \(word)"
        }
    }

    /// Which ones cannot be used and what became of each, before what follows from it.
    private func namingVideos(_ words: String) -> String {
        let unusable = videos.compactMap { video -> String? in
            switch video.state {
            case .queued, .sending, .ready: nil
            case .failed: "“\(video.name.beginning(40))” could not be uploaded."
            case .rejected: "“\(video.name.beginning(40))” was rejected by the service."
            }
        }
        return (unusable + [words]).joined(separator: " ")
    }

    private func failed(_ failure: Failure) -> TaskProgress {
        switch failure {
        case .refused(let refusal):
            let words = refusal.meaning.reaction == .rejectVideo ? namingVideos(failure.words) : failure.words
            return .failed(
                wasSent: refusal.meaning.reaction == .gone, words: words, code: String(refusal.code), message: refusal.message,
                requestID: refusal.requestID ?? "", past)
        case .nothingWritten:
            let words = scripts.isEmpty ? failure.words : "The service gave up on the rest. \(scriptsHere) are here and stay."
            return .failed(wasSent: true, words: words, past)
        case .videoUnusable:
            return .failed(wasSent: false, words: namingVideos(failure.words), past)
        case .noAnswer:
            return .failed(wasSent: false, words: failure.words, past)
        }
    }
}

extension CallRow {
    init(_ call: Call) {
        let time = Moment(call.started, .clock)
        let duration = call.ended.map { ($0 - call.started).tenths } ?? ""
        switch call.result {
        case .none:
            self.init(time: time, call: call.endpoint.rawValue, result: "on its way")
        case .done(let receipt, let detail):
            self.init(
                time: time, call: call.endpoint.rawValue, result: call.endpoint == .get ? detail : "OK", duration: duration,
                code: String(receipt.code), message: receipt.message, requestID: receipt.requestID ?? "")
        case .refused(let refusal):
            self.init(
                time: time, call: call.endpoint.rawValue, result: refusal.meaning.words, isTrouble: true, duration: duration,
                code: String(refusal.code), message: refusal.message, requestID: refusal.requestID ?? "")
        case .notSent(let reason):
            self.init(
                time: time, call: call.endpoint.rawValue, result: "not sent", isTrouble: true, duration: duration, message: reason)
        case .unknown(let reason):
            self.init(
                time: time, call: call.endpoint.rawValue, result: "no answer to go by", isTrouble: true, duration: duration,
                message: reason)
        }
    }
}
