import Domain
import HTTP
import Store

// What a person can do to a task. Whoever was first decides: when the task has moved on meanwhile, nothing changes, and the page that
// follows shows where it is.

@Sendable func cancelTask(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    try context.change(.cancelled)
}

/// With what is here: nothing more is asked for.
@Sendable func closeTask(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    try context.change(.closed)
}

/// The create may double: a person has decided that it may.
@Sendable func resendTask(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    try context.change(.sentAgain)
}

@Sendable func pollTask(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id = try context.existingTask()
    let now = context.now
    return context.write { transaction throws(StoreError) in
        try transaction.requestPoll(of: id, now: now)
    } then: {
        $0.returnToTask(id)
    }
}

/// Has the account's scripts looked through now.
@Sendable func searchScripts(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id = try context.existingTask()
    let now = context.now
    return context.write { transaction throws(StoreError) in
        try transaction.requestSearch(for: id, now: now)
    } then: {
        $0.returnToTask(id)
    }
}

/// The chosen scripts of the account are this task's: a person has decided.
@Sendable func adoptScripts(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id = try context.existingTask()
    let now = context.now
    let chosen = Set(form.values("script"))
    return context.write { transaction throws(StoreError) in
        try transaction.adopt(chosen, for: id, now: now)
    } then: {
        $0.returnToTask(id)
    }
}

/// The address of a form that was reloaded or bookmarked.
@Sendable func returnToTask(_ context: Context) throws(Problem) -> Response {
    guard let action = context.captures.last, ["adopt", "cancel", "close", "poll", "resend", "search"].contains(action) else {
        throw .notFound
    }
    return .seeOther("/tasks/\(try context.existingTask())")
}

extension Context {
    fileprivate func change(_ event: TaskEvent) throws(Problem) -> Response {
        let id = try existingTask()
        let now = now
        return write { transaction throws(StoreError) in
            try transaction.apply(event, to: id, due: now, now: now)
        } then: {
            $0.returnToTask(id)
        }
    }

    fileprivate func existingTask() throws(Problem) -> GenerationTask.ID {
        let id: GenerationTask.ID = try id()
        guard try read({ database throws(StoreError) in try database.findTask(id) }) != nil else { throw .notFound }
        return id
    }
}

extension Result where Failure == StoreError {
    fileprivate func returnToTask(_ id: GenerationTask.ID) -> Response {
        switch self {
        case .success: .seeOther("/tasks/\(id)")
        case .failure: .text(.serviceUnavailable, "This could not be saved: the disk may be full. Nothing has changed; try again.\n")
        }
    }
}
