import Domain

extension TaskFile {
    /// Where the task stands, in words.
    func progress(_ desk: Desk) -> TaskProgress {
        switch task.state {
        case .waiting:
            let pending = videos.count { $0.state.name != .ready }
            return .waiting(videos: pending == 1 ? "1 video is still uploading" : "\(pending) videos are still uploading")
        case .queued:
            let place = ahead == 0 ? "next in the queue" : "\(ahead == 1 ? "1 brief is" : "\(ahead) briefs are") ahead"
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
        let wait = desk.limit.wait(ages: desk.ages, place: ahead + 1)
        if wait == .zero { return "goes out now" }
        return "\(desk.limit.perMinute.of("call")) a minute are free, its turn comes in about \(wait.rough)"
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

    private func failed(_ failure: Failure) -> TaskProgress {
        switch failure {
        case .refused(let refusal):
            return .failed(
                wasSent: refusal.meaning.reaction == .gone, words: failure.words, code: String(refusal.code), message: refusal.message,
                requestID: refusal.requestID ?? "", past)
        case .nothingWritten:
            let words = scripts.isEmpty ? failure.words : "The service gave up on the rest. \(scriptsHere) are here and stay."
            return .failed(wasSent: true, words: words, past)
        case .videoUnusable, .noAnswer:
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
