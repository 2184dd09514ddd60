import Domain

extension TaskFile {
    /// Where the task stands, in words.
    func progress(_ desk: Desk) -> TaskProgress {
        switch task.state {
        case .waiting:
            let pending = videos.filter { $0.state.name != .ready }.map { "“\($0.name.beginning(40))”" }
            return .waiting(videos: "\(pending.listed) \(pending.count == 1 ? "is" : "are") still uploading", known(desk))
        case .queued:
            let place = ahead == 0 ? "next in the queue" : "\(ahead == 1 ? "1 brief is" : "\(ahead.counted) briefs are") ahead"
            return .queued(place: place, reason: reasonToWait(desk), known(desk))
        case .sending:
            return .sending(known(desk))
        case .running(let remote):
            let share = Double(written) / Double(task.brief.count)
            return .running(running(remote.status, now: desk.now), share: min(1, share), known(desk))
        case .succeeded(let remote, let closedByPerson):
            let took = task.sent.flatMap { sent in task.ended.map { $0 - sent } }
            let words = written == task.brief.count ? written.of("script") : scriptsHere
            if remote.isAdopted { return .adopted(written.of("script"), known(desk)) }
            return .succeeded(words + (took.map { " in \($0.rough)" } ?? ""), closedWith: closedByPerson ? scriptsHere : nil, known(desk))
        case .failed(let failure):
            return failed(failure, known(desk))
        case .cancelled:
            return .cancelled
        case .unconfirmed(let reason):
            return .unconfirmed(reason: reason, known(desk))
        case .stalled:
            return .stalled("\(scriptsHere) are here", known(desk))
        }
    }

    private var scriptsHere: String { "\(written) of \(task.brief.count.of("script"))" }

    private func known(_ desk: Desk) -> TaskProgress.Known {
        var known = TaskProgress.Known()
        if let sent = task.sent {
            let waited = sent - task.created
            known.queued = waited < .seconds(2) ? "went out at once" : "waited \(waited.rough) for a free call"
        }
        if let remote = task.state.remote, !remote.isAdopted { known.sent = "task \(remote.id.abbreviatedID)" }
        if let usual { known.done = expectation(usual, now: desk.now) }
        return known
    }

    /// In steps of five seconds, since it is a guess.
    private func expectation(_ usual: Duration, now: Timestamp) -> String {
        guard task.state.name == .running, let sent = task.sent else { return "usually \(usual.rough) after it is sent" }
        let left = (usual - (now - sent)).wholeSeconds
        if left <= 0 { return "any moment now, by the last ones" }
        return "in about \(Duration.seconds((left + 4) / 5 * 5).rough), by the last ones"
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
        case .processing: return written == 0 ? "the service is writing" : "\(scriptsHere) are here, more are coming"
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

    private func failed(_ failure: Failure, _ known: TaskProgress.Known) -> TaskProgress {
        switch failure {
        case .refused(let refusal):
            let words = refusal.meaning.reaction == .rejectVideo ? namingVideos(failure.words) : failure.words
            return .failed(
                wasSent: refusal.meaning.reaction == .gone, words: words, code: String(refusal.code), message: refusal.message,
                requestID: refusal.requestID ?? "", known)
        case .nothingWritten:
            let words = written == 0 ? failure.words : "The service gave up on the rest. \(scriptsHere) are here and stay."
            return .failed(wasSent: true, words: words, known)
        case .videoUnusable:
            return .failed(wasSent: false, words: namingVideos(failure.words), known)
        case .noAnswer:
            return .failed(wasSent: false, words: failure.words, known)
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
