import Domain
import Logging
import Store
import TikTok

// Each call is made, and what it brought is recorded in one transaction together with what it means for the connection.

extension Worker {
    func perform(_ create: ClaimedCreate, on connection: Connection) async -> CallResult {
        let began = time.elapsed()
        let outcome = await client.create(create.brief, videoIDs: create.videoIDs)
        let result = outcome.result { "task \($0)" }
        note(.create, result, took: time.elapsed() - began, about: ["task": "\(create.task)"])
        let now = time.now()
        let later = now + BackOff.pause(afterAttempts: create.attempts)
        var event: TaskEvent
        var due = now
        switch outcome {
        case .done(let remoteID, _): (event, due) = (.created(remoteID: remoteID), now + PollSchedule.first)
        case .notSent: (event, due) = (.turnedAway, later)
        case .unknown(let reason): event = .answerLost(reason: reason)
        case .refused(let refusal):
            switch refusal.meaning.reaction {
            case .fail, .gone, .rejectVideo: event = .refused(refusal)
            case .stop, .throttle: event = .turnedAway
            case .tryLater, .tryAgain: (event, due) = (.turnedAway, later)
            case .unconfirm, .trouble, .useData: event = .answerLost(reason: refusal.message)
            }
        }
        let endsThrottle = weigh(result, of: .create)
        await commit { [event, due] transaction throws(StoreError) in
            try transaction.record(create, result, event: event, due: due, now: now)
            if case .refused(let refusal) = outcome, refusal.meaning.reaction == .rejectVideo {
                try transaction.rejectVideo(namedBy: refusal, in: create, now: now)
            }
            try transaction.settle(connection, after: result, endsThrottle: endsThrottle, now: now)
        }
        return result
    }

    func perform(_ upload: ClaimedUpload, on connection: Connection) async -> CallResult {
        let began = time.elapsed()
        let outcome = await client.upload(upload.url)
        let result = outcome.result { "video \($0)" }
        note(.upload, result, took: time.elapsed() - began, about: ["video": "\(upload.video)"])
        let now = time.now()
        let later = now + BackOff.pause(afterAttempts: upload.attempts)
        let state: VideoState
        var due = later
        switch outcome {
        case .done(let remoteID, _): state = .ready(remoteID: remoteID)
        case .notSent: state = .queued
        case .unknown(let reason):
            state = upload.answersLost + 1 < Video.answersThatMayBeLost ? .queued : .failed(.noAnswer(reason: reason))
        case .refused(let refusal):
            switch refusal.meaning.reaction {
            case .fail, .gone, .rejectVideo, .unconfirm, .useData: state = .failed(.refused(refusal))
            case .stop, .throttle: (state, due) = (.queued, now)
            case .tryLater, .tryAgain, .trouble: state = .queued
            }
        }
        let endsThrottle = weigh(result, of: .upload)
        await commit { [due] transaction throws(StoreError) in
            try transaction.record(upload, result, state: state, due: due, now: now)
            try transaction.settle(connection, after: result, endsThrottle: endsThrottle, now: now)
        }
        return result
    }

    func perform(_ poll: ClaimedPoll, on connection: Connection) async -> CallResult {
        let began = time.elapsed()
        let outcome = await client.task(poll.remoteID)
        let result = outcome.result { $0.status.word }
        note(.get, result, took: time.elapsed() - began, about: ["task": "\(poll.task)"])
        let now = time.now()
        let pause = PollSchedule.pause(at: now - poll.sent)
        var events: [TaskEvent] = []
        var scripts: [RemoteScript] = []
        let backOff = BackOff.pause(afterAttempts: poll.attempts)
        var due = pause.map { now + max($0, backOff) }
        switch outcome {
        case .done(let snapshot, _):
            events = [.polled(snapshot.status)]
            scripts = snapshot.scripts
            due = pause.map { now + $0 }
        // However old the task is, the service has not been asked: this computer may have slept for a weekend, or have no network.
        case .notSent: due = now + max(pause ?? backOff, backOff)
        case .unknown: break
        case .refused(let refusal):
            switch refusal.meaning.reaction {
            case .fail, .gone: events = [.gone(refusal)]
            case .stop, .throttle: due = now
            case .rejectVideo, .unconfirm, .tryLater, .tryAgain, .trouble, .useData: break
            }
        }
        if due == nil { events.append(.dayPassed) }
        let endsThrottle = weigh(result, of: .get)
        await commit { [events, scripts, due] transaction throws(StoreError) in
            try transaction.record(poll, result, events: events, scripts: scripts, due: due, now: now)
            try transaction.settle(connection, after: result, endsThrottle: endsThrottle, now: now)
        }
        return result
    }

    func perform(_ listing: ClaimedListing, on connection: Connection) async -> CallResult {
        let (result, progress, now) = await list(page: listing.page, attempts: listing.attempts)
        let endsThrottle = weigh(result, of: .list)
        await commit { transaction throws(StoreError) in
            try transaction.record(listing, result, progress: progress, on: connection.id, now: now)
            try transaction.settle(connection, after: result, endsThrottle: endsThrottle, now: now)
        }
        return result
    }

    func perform(_ page: ClaimedImport, on connection: Connection) async -> CallResult {
        let (result, progress, now) = await list(page: page.page, attempts: page.attempts)
        let endsThrottle = weigh(result, of: .list)
        await commit { transaction throws(StoreError) in
            try transaction.record(page, result, progress: progress, on: connection.id, now: now)
            try transaction.settle(connection, after: result, endsThrottle: endsThrottle, now: now)
        }
        return result
    }

    /// A page of the account's list, and what its answer means for the walk.
    private func list(page: Int, attempts: Int) async -> (CallResult, ListingProgress, Timestamp) {
        let began = time.elapsed()
        let outcome = await client.scripts(page: page, size: RemoteCommand.pageSize)
        let result = outcome.result { "\($0.total) scripts" }
        note(.list, result, took: time.elapsed() - began, about: ["page": "\(page)"])
        let now = time.now()
        let later = ListingProgress.again(due: now + BackOff.pause(afterAttempts: attempts))
        let progress: ListingProgress
        switch outcome {
        case .done(let list, _): progress = .listed(list.scripts, pages: list.pages)
        case .notSent, .unknown: progress = later
        case .refused(let refusal):
            switch refusal.meaning.reaction {
            case .fail, .gone, .rejectVideo, .unconfirm, .useData: progress = .failed(refusal.meaning.words)
            case .stop, .throttle: progress = .again(due: now)
            case .tryLater, .tryAgain, .trouble: progress = later
            }
        }
        return (result, progress, now)
    }

    /// Notes which kind of call the service asks to wait with.
    /// - Returns: whether the call, when it succeeded, shows that the wait is over.
    private func weigh(_ result: CallResult, of endpoint: Call.Endpoint) -> Bool {
        if case .refused(let refusal) = result, refusal.meaning.reaction == .throttle { throttledBy = endpoint }
        return throttledBy == nil || throttledBy == endpoint
    }

    /// What a call brought must not be lost to a disk that is full for a moment: until it is recorded, it is tried again. A stop waits for
    /// only some tries, since the next start finds the call unfinished and knows what that means.
    func commit(_ record: @escaping Writer.Work<Void>) async {
        var triesAtStop = 5
        while true {
            do throws(StoreError) {
                return try await store.write(record)
            } catch {
                log.error("an answer could not be recorded; trying again", metadata: ["error": "\(error)"])
                if isStopping { triesAtStop -= 1 }
                if error.isFinal || triesAtStop == 0 { return }
                await time.sleep(.seconds(1))
            }
        }
    }

    private func note(_ endpoint: Call.Endpoint, _ result: CallResult, took: Duration, about: Logger.Metadata) {
        var metadata = about
        metadata["ms"] = "\(took.wholeMilliseconds)"
        switch result {
        case .done(let receipt, let detail):
            metadata["request_id"] = "\(receipt.requestID ?? "-")"
            log.info("\(endpoint.rawValue): \(detail)", metadata: metadata)
        case .refused(let refusal):
            metadata["code"] = "\(refusal.code)"
            metadata["request_id"] = "\(refusal.requestID ?? "-")"
            log.warning("\(endpoint.rawValue): \(refusal.meaning.words)", metadata: metadata)
        case .notSent(let reason), .unknown(let reason):
            log.warning("\(endpoint.rawValue): \(result.name.rawValue), \(reason)", metadata: metadata)
        }
    }
}

extension Transaction {
    /// What an answer means for the whole connection.
    fileprivate mutating func settle(
        _ connection: Connection, after result: CallResult, endsThrottle: Bool, now: Timestamp
    ) throws(StoreError) {
        switch result {
        case .done: if endsThrottle { try apply(.answered, to: connection.id, now: now) }
        case .refused(let refusal):
            try apply(.refused(refusal, before: try throttles(of: connection.id)), to: connection.id, now: now)
        case .notSent, .unknown: break
        }
    }

    /// The refusal's message names the video; when it does not, a brief's only video is meant.
    fileprivate mutating func rejectVideo(
        namedBy refusal: Refusal, in create: ClaimedCreate, now: Timestamp
    ) throws(StoreError) {
        let videos = try database.findVideos(of: create.task)
        let named = videos.filter { video in video.state.remoteID.map { refusal.message.contains($0) } ?? false }
        for video in named.isEmpty && videos.count == 1 ? videos : named {
            try rejectVideo(video.id, refusal, now: now)
        }
    }
}
