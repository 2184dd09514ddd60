import Domain

/// What a commit changed. Events are published after the commit, in the order of the commits, to live pages and to the worker.
package enum Event: Sendable, Hashable {
    case task(GenerationTask.ID)
    case video(Video.ID)
    case connection
    /// What is shown of some script beside its task: versions, tags, what the team thinks of it.
    case script
    /// Someone who was let in may not be any more: signed out, disabled, revoked.
    case access
}
