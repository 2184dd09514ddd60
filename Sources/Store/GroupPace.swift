/// How long a group of jobs waits for company before it is committed. On a slow disk, those whom a commit has answered ask again a moment
/// after the next one has begun: half of all jobs always just miss a group, and wait for two. So the next group waits for as many as the
/// last commit answered and kept waiting, and for a part of that commit's time at most. A quick disk, and one person alone, never wait.
struct GroupPace {
    /// Commits that take less are not worth waiting for.
    static let quick = Duration.milliseconds(2)
    static let longest = Duration.milliseconds(10)

    /// The jobs that are waited for.
    private(set) var company = 0
    private(set) var patience = Duration.zero

    /// - Parameters:
    ///   - commit: how long the last group took.
    ///   - jobs: how many it had.
    ///   - late: how many came meanwhile.
    mutating func note(_ commit: Duration, jobs: Int, late: Int) {
        company = jobs + late
        patience = company > 1 && commit > Self.quick ? min(commit / 2, Self.longest) : .zero
    }
}
