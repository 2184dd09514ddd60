import Domain
import HTTP
import Store

// What a person can do to a task. Whoever was first decides: when the task has moved on meanwhile, nothing changes, and the page that
// follows shows where it is.

@Sendable func cancelTask(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    try context.change(.cancelled, "cancel")
}

/// With what is here: nothing more is asked for.
@Sendable func closeTask(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    try context.change(.closed, "close")
}

/// The create may double: a person has decided that it may.
@Sendable func resendTask(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    try context.change(.sentAgain, "send again")
}

@Sendable func pollTask(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id = try context.existingTask()
    let now = context.now
    let site = context.site
    return context.write { transaction throws(StoreError) in
        try transaction.requestPoll(of: id, now: now)
    } then: {
        $0.leading(to: "/tasks/\(id)", site, "poll now", about: ("task", "\(id)"))
    }
}

/// Has the account's scripts looked through now.
@Sendable func searchScripts(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id = try context.existingTask()
    let now = context.now
    let site = context.site
    return context.write { transaction throws(StoreError) in
        try transaction.requestSearch(for: id, now: now)
    } then: {
        $0.leading(to: "/tasks/\(id)", site, "search", about: ("task", "\(id)"))
    }
}

/// The chosen scripts of the account are this task's: a person has decided.
@Sendable func adoptScripts(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let id = try context.existingTask()
    let now = context.now
    let chosen = Set(form.values("script"))
    let site = context.site
    return context.write { transaction throws(StoreError) in
        try transaction.adopt(chosen, for: id, now: now)
    } then: {
        $0.leading(to: "/tasks/\(id)", site, "adopt", about: ("task", "\(id)"))
    }
}

/// The address of a form that was reloaded or bookmarked.
@Sendable func returnToTask(_ context: Context) throws(Problem) -> Response {
    // A form's page that is loaded again by its address.
    if context.captures.first == "new", ["draft", "product", "currencies"].contains(context.captures.last) {
        return .seeOther("/tasks/new")
    }
    guard let action = context.captures.last, ["adopt", "cancel", "close", "poll", "resend", "search"].contains(action) else {
        throw .notFound
    }
    return .seeOther("/tasks/\(try context.existingTask())")
}

extension Context {
    fileprivate func change(_ event: TaskEvent, _ words: String) throws(Problem) -> Response {
        let id = try existingTask()
        let (now, site) = (now, site)
        return write { transaction throws(StoreError) in
            try transaction.apply(event, to: id, due: now, now: now)
        } then: {
            $0.leading(to: "/tasks/\(id)", site, words, about: ("task", "\(id)"))
        }
    }

    fileprivate func existingTask() throws(Problem) -> GenerationTask.ID {
        let id: GenerationTask.ID = try id()
        guard try read({ database throws(StoreError) in try database.findTask(id) }) != nil else { throw .notFound }
        return id
    }
}
