import Domain
import HTTP
import Store

/// One request on its way to a page.
struct Context {
    let site: Site
    let reader: Reader
    let request: Request
    /// What the route's pattern captured.
    let captures: [String]
    let now: Timestamp

    /// The row that the path names; a number that is none, or has none, is an unknown page.
    func id<Entity>() throws(Problem) -> Identifier<Entity> {
        guard let id = captures.first.flatMap({ Identifier<Entity>(decimal: $0) }) else { throw .notFound }
        return id
    }

    func read<T>(_ questions: (borrowing Database) throws(StoreError) -> T) throws(Problem) -> T {
        do throws(StoreError) {
            return try reader.read(questions)
        } catch {
            throw .store(error)
        }
    }

    /// Answers when the change is committed.
    func write<T: Sendable>(
        _ work: @escaping Writer.Work<T>, then answer: @escaping @Sendable (Result<T, StoreError>) -> Response
    ) -> Response {
        let writer = site.writer
        return .later { responder in
            writer.submit(work) { responder.respond(Doors.seal(answer($0))) }
        }
    }
}

extension Result where Failure == StoreError {
    /// What follows a button's change: the page that shows what came of it.
    /// - Parameters:
    ///   - event: for the log.
    ///   - subject: what it was done to, `("task", "42")`.
    func leading(to path: String, _ site: Site, _ event: String, about subject: (String, String)) -> Response {
        switch self {
        case .success:
            log(event, level: "info", at: site.now(), [subject])
            return .seeOther(path)
        case .failure(let error):
            return site.page(for: error)
        }
    }
}

/// Why there is no page to show; `ErrorPage` says it to the person.
enum Problem: Error {
    case notFound
    /// A form that is not ours, or from a page that has been open since before this installation's key.
    case foreignForm
    case foreignHost
    case badForm(FormError)
    /// A large body in chunks where none is expected.
    case lengthRequired
    case videoTooLarge
    case diskFull
    case methodNotAllowed(allow: [Method])
    case store(StoreError)

    var status: Status {
        switch self {
        case .notFound: .notFound
        case .foreignForm: .forbidden
        case .foreignHost: .misdirectedRequest
        case .badForm(let error): error.status
        case .lengthRequired: .lengthRequired
        case .videoTooLarge: .contentTooLarge
        case .diskFull: .insufficientStorage
        case .methodNotAllowed: .methodNotAllowed
        case .store(let error): error.status
        }
    }
}

extension Problem {
    var isVideoTooLarge: Bool {
        if case .videoTooLarge = self { true } else { false }
    }
}
