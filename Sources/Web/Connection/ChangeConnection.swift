import Domain
import HTTP
import Secrets
import Store

/// `action=retry` after something was mended, `action=same` or `action=new` as the answer to whose token it is.
@Sendable func changeConnection(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let now = context.now
    let work: Writer.Work<Void>
    switch form["action"] {
    case "retry":
        work = { transaction throws(StoreError) in
            guard let id = try transaction.database.findCurrentConnection()?.connection?.id else { return }
            try transaction.apply(.mended, to: id, now: now)
        }
    case "same":
        work = { transaction throws(StoreError) in
            try transaction.answerConnectionQuestion(isSameApp: true, newAppID: "", now: now)
        }
    case "new":
        let id = Connection.unnamedPrefix + RandomID.make()
        work = { transaction throws(StoreError) in
            try transaction.answerConnectionQuestion(isSameApp: false, newAppID: id, now: now)
        }
    default:
        return try showConnection(context).with(.unprocessableContent)
    }
    let site = context.site
    return context.write(work) { result in
        switch result {
        case .success: .seeOther("/connection")
        case .failure(let error): site.page(for: error)
        }
    }
}

extension Response {
    fileprivate func with(_ status: Status) -> Response {
        var response = self
        response.status = status
        return response
    }
}
