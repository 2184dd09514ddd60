import Domain
import Testing

@testable import Web

extension Sample {
    static let search = view(
        candidates: [
            CandidateScript(remoteID: "7391204488120337204", title: "Night run", text: "You never see it coming."),
            CandidateScript(remoteID: "7391204488120337205", title: "", text: "توقف عن المشي في الظلام"),
        ])

    static func view(
        candidates: [CandidateScript] = [], last: Timestamp? = nil, trouble: String? = nil, waitsForOthers: Bool = false
    ) -> SearchView {
        SearchView(
            ScriptSearch(
                next: Timestamp(milliseconds: 1_795_528_929_007), last: last, trouble: trouble, candidates: candidates,
                waitsForOthers: waitsForOthers), look: form("/tasks/42/search"), adopt: form("/tasks/42/adopt"))
    }
}

@Suite struct `The search for a lost brief's scripts` {
    private let then = Timestamp(milliseconds: 1_795_528_000_000)

    @Test func `says what is known, in each case something else`() {
        let one = Sample.view(candidates: [CandidateScript(remoteID: "1", title: "A", text: "B")])
        #expect(one.words.hasPrefix("1 script has appeared"))
        #expect(Sample.search.words.hasPrefix("2 scripts have appeared"))
        #expect(Sample.view().words.contains("once they can be expected"))
        #expect(Sample.view(last: then).words.contains("has probably never arrived"))
        #expect(Sample.view(last: then, trouble: "the list could not be read").words.contains("the list could not be read"))
        #expect(Sample.view(last: then, waitsForOthers: true).words.hasPrefix("Other briefs are being written"))
    }

    @Test func `offers to keep scripts only when there are some`() {
        #expect(Sample.search.adopt != nil)
        #expect(Sample.view(last: then).adopt == nil)
    }

    @Test func `gives a script without a title a name, and shows only its beginning`() {
        #expect(Sample.search.candidates.map(\.title) == ["Night run", "Script 7391…205"])
        let long = Sample.view(candidates: [CandidateScript(remoteID: "1", title: "A", text: String(repeating: "word ", count: 4_000))])
        #expect(long.candidates[0].text.count <= 240)
        #expect(long.candidates[0].length == "4000 words")
    }
}
