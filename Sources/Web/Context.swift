import Domain
import HTTP
import Store

/// What one loop keeps from request to request.
final class Kept {
    let scripts = ShownScripts()
    let health = KnownHealth()
}

/// One request on its way to a page.
struct Context {
    let site: Site
    let reader: Reader
    let kept: Kept
    let request: Request
    let host: Host
    let visitor: Visitor
    /// Whom it is answered for; nil at the ways in, and where there is no page.
    var caller: Caller?
    /// What the route's pattern captured.
    var captures: [String]
    let now: Timestamp
    /// `Site.stand` before anything was read.
    let stand: Int

    /// Who does what the request asks for. A route that takes a role has always a caller.
    var member: Member { caller?.member ?? .thisComputer }

    var actor: Actor { Actor(member: caller?.member.id, address: visitor.address) }

    /// Whether the page offers what takes this role.
    func may(_ role: Role) -> Bool { asker.may(role) }

    var asker: Asker { Asker(site: site, caller: caller, now: now, stand: stand) }

    /// The row that the path names; a number that is none, or has none, is an unknown page.
    func id<Entity>() throws(Problem) -> Identifier<Entity> {
        guard let id = captures.first.flatMap({ Identifier<Entity>(decimal: $0) }) else { throw .notFound }
        return id
    }

    /// All that is read inside sees one state of the database.
    func read<T>(_ questions: (borrowing Database) throws(StoreError) -> T) throws(Problem) -> T {
        do throws(StoreError) {
            return try reader.read(questions)
        } catch {
            throw .store(error)
        }
    }

    /// One question of one statement.
    func ask<T>(_ question: (borrowing Database) throws(StoreError) -> T) throws(Problem) -> T {
        do throws(StoreError) {
            return try reader.ask(question)
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
            writer.submit(work) { responder.respond(answer($0)) }
        }
    }
}

/// What a page says of whoever asked for it: all of a request that another thread needs to make one.
struct Asker: Sendable {
    let site: Site
    let caller: Caller?
    let now: Timestamp
    let stand: Int

    func may(_ role: Role) -> Bool {
        guard let caller else { return false }
        return caller.role >= role
    }
}

extension Context {
    /// Asks what may be slow off the loop, and answers when it is known.
    func search<T: Sendable>(
        _ questions: @escaping @Sendable (borrowing Database) throws(StoreError) -> T,
        then answer: @escaping @Sendable (Result<T, StoreError>) -> Response
    ) -> Response {
        let search = site.search
        return .later { responder in
            search.ask(questions) { responder.respond(answer($0)) }
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
