import Testing

@testable import Store

struct GroupPaceTests {
    private func patience(_ commit: Duration, jobs: Int, late: Int) -> Duration {
        var pace = GroupPace()
        pace.note(commit, jobs: jobs, late: late)
        return pace.patience
    }

    @Test func `a quick disk, and one person alone, never wait`() {
        #expect(GroupPace().patience == .zero)
        #expect(patience(.milliseconds(1), jobs: 16, late: 16) == .zero)
        #expect(patience(.milliseconds(50), jobs: 1, late: 0) == .zero)
    }

    @Test func `on a slow disk a group waits for those who were answered, for half a commit's time at most`() {
        #expect(patience(.milliseconds(6), jobs: 8, late: 8) == .milliseconds(3))
        #expect(patience(.seconds(2), jobs: 8, late: 8) == .milliseconds(10))
        var pace = GroupPace()
        pace.note(.milliseconds(6), jobs: 8, late: 7)
        #expect(pace.company == 15)
    }
}
