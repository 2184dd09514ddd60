import Testing

@testable import Sandbox

/// Writes scripts without a service round it, and looks them over.
struct Pen {
    let books: [String: PhraseBook]
    private let writer: ScriptWriter

    init() throws {
        books = try PhraseBook.library()
        writer = try ScriptWriter(books: books)
    }

    func scripts(_ body: JSONValue, task: String, count: Int = 8) -> [Script] {
        writer.scripts(for: Brief(body), task: task, ids: (1...count).map(String.init))
    }

    /// The language whose commonest words the text has most of; nil where two are level.
    func language(of text: String) -> String? {
        let words = Sentences.spelled(text)
        let counts = books.mapValues { $0.commonWords(in: words) }
        let most = counts.values.max() ?? 0
        let best = counts.filter { $0.value == most }.keys
        return best.count == 1 ? best.first : nil
    }

    /// No placeholder is left, no two scripts are alike, and no sentence comes twice.
    func check(_ scripts: [Script], _ name: String) {
        #expect(Set(scripts.map(\.title)).count == scripts.count, "\(name)")
        var seen: Set<String> = []
        for script in scripts {
            #expect(Self.isClean(script.title) && Self.isClean(script.text), "\(name): \(script.text)")
            for sentence in Sentences.split(script.text) {
                #expect(seen.insert(sentence).inserted, "\(name) says again: \(sentence)")
            }
        }
    }

    /// No mark of a template is left, and no gap where a value would have stood.
    private static func isClean(_ text: String) -> Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "|"), UInt8(ascii: "\\"):
                return false
            case UInt8(ascii: " "), UInt8(ascii: "."):
                if last == byte { return false }
            default: break
            }
            if last == UInt8(ascii: " ") {
                switch byte {
                case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: "?"):
                    return false
                default: break
                }
            }
            last = byte
        }
        return !text.isEmpty
    }
}
