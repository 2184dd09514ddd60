import Testing

@testable import Web

struct BeginningTests {
    @Test func `a short text is one line`() {
        #expect("".beginning(10) == "")
        #expect(" \n\t ".beginning(10) == "")
        #expect("  one\r\n\r\n two\tthree\u{A0}\u{2003}\u{3000}four\u{2028} ".beginning(50) == "one two three four")
        #expect("ten chars!".beginning(10) == "ten chars!")
        #expect("ten chars!  \n ".beginning(10) == "ten chars!")
    }

    @Test func `a long text is cut, and the ellipsis counts`() {
        #expect("eleven char".beginning(10) == "eleven ch…")
        #expect("ten chars! and more".beginning(10) == "ten chars…")
        #expect(String(repeating: "ü", count: 11).beginning(10) == String(repeating: "ü", count: 9) + "…")
        #expect(String(repeating: "語", count: 10).beginning(10) == String(repeating: "語", count: 10))
    }

    @Test(arguments: ["👩‍👩‍👧‍👦", "e\u{301}\u{302}\u{303}", "🇩🇪", "👍🏽", "க்ஷ"]) func `a cut never goes through a character`(character: String) {
        for before in 0..<10 {
            let start = String(repeating: "a", count: before)
            for count in 1...12 {
                let text = (start + character + "bcdefghijkl").beginning(count)
                let whole = start + character + "bcdefghijkl"
                #expect(text.hasSuffix("…") && whole.hasPrefix(text.dropLast()) && text.unicodeScalars.count <= count, "\(text)")
            }
        }
    }

    @Test func `what looks like white space in part is none`() {
        #expect("a\u{2010}b\u{E9}c\u{3042}".beginning(10) == "a\u{2010}b\u{E9}c\u{3042}")
    }
}
