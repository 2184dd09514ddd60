/// A form as a person has it before them: every control with what stands in it.
struct Form: Sendable {
    private struct Control: Sendable {
        let name: String
        var value: String
        /// A box, radio or option: sent only while chosen.
        let isChoice: Bool
        var isChosen: Bool
        /// Choosing one lets the others of its name go.
        let isExclusive: Bool
    }

    var action: String
    private var controls: [Control] = []

    fileprivate init(_ element: Element, action: String) {
        self.action = action
        for element in element.all {
            guard let name = element["name"], element["disabled"] == nil else { continue }
            switch element.name {
            case "textarea":
                controls.append(Control(name: name, value: element.text, isChoice: false, isChosen: true, isExclusive: false))
            case "select":
                addOptions(of: element, name: name)
            case "input":
                addInput(element, name: name, type: element["type"]?.lowercased() ?? "text")
            case _:
                continue
            }
        }
    }

    private mutating func addInput(_ input: Element, name: String, type: String) {
        guard !["submit", "image", "button", "reset", "file"].contains(type) else { return }
        let isChoice = type == "checkbox" || type == "radio"
        let value = input["value"] ?? (isChoice ? "on" : "")
        let isChosen = !isChoice || input["checked"] != nil
        controls.append(Control(name: name, value: value, isChoice: isChoice, isChosen: isChosen, isExclusive: type == "radio"))
    }

    private mutating func addOptions(of select: Element, name: String) {
        let options = select.all { $0.name == "option" }
        // Without a choice of its own, a drop-down list shows its first option.
        let chosen = options.firstIndex { $0["selected"] != nil } ?? 0
        for (index, option) in options.enumerated() {
            let value = option["value"] ?? option.text
            controls.append(Control(name: name, value: value, isChoice: true, isChosen: index == chosen, isExclusive: true))
        }
    }

    /// What is sent under this name: nothing, one value, or several for boxes.
    func values(_ name: String) -> [String] {
        controls.filter { $0.name == name && $0.isChosen }.map(\.value)
    }

    /// Every value that a box, radio or list offers.
    func offered(_ name: String) -> [String] {
        controls.filter { $0.name == name && $0.isChoice }.map(\.value)
    }

    /// Types over what stands there; chooses, where there is something to choose from.
    mutating func fill(_ name: String, _ value: String) throws {
        let indices = controls.indices.filter { controls[$0].name == name }
        if let text = indices.first(where: { !controls[$0].isChoice }) {
            controls[text].value = value
        } else {
            guard let index = indices.first(where: { controls[$0].value == value }) else {
                throw Failure("no control \(name) that takes \(value)")
            }
            if controls[index].isExclusive { indices.forEach { controls[$0].isChosen = false } }
            controls[index].isChosen = true
        }
    }

    mutating func fill(_ values: [String: String]) throws {
        for (name, value) in values { try fill(name, value) }
    }

    /// Ticks every box of this name.
    mutating func tick(_ name: String) throws {
        let indices = controls.indices.filter { controls[$0].name == name && controls[$0].isChoice }
        guard !indices.isEmpty else { throw Failure("no box \(name)") }
        indices.forEach { controls[$0].isChosen = true }
    }

    /// Chooses a value that the page did not offer, as a forged or outdated page would.
    mutating func forge(_ name: String, _ value: String) {
        remove(name)
        add(name, value)
    }

    /// One value more of a name, such as a box that stands elsewhere on the page.
    mutating func add(_ name: String, _ value: String) {
        controls.append(Control(name: name, value: value, isChoice: false, isChosen: true, isExclusive: false))
    }

    mutating func remove(_ name: String) {
        controls.removeAll { $0.name == name }
    }

    /// As it is sent by a button that posts it elsewhere.
    func posting(to action: String) -> Form {
        var copy = self
        copy.action = action
        return copy
    }

    /// What is sent, in order.
    var pairs: [(name: String, value: String)] {
        controls.filter(\.isChosen).map { ($0.name, $0.value) }
    }

    /// `application/x-www-form-urlencoded` (URL Standard §5.2), line breaks as CRLF (HTML §4.10.21.4).
    var encoded: String {
        controls.filter(\.isChosen).map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8.map { byte in
            switch byte {
            case UInt8(ascii: " "): "+"
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "*"):
                String(Unicode.Scalar(byte))
            case _: byte < 16 ? "%0" + String(byte, radix: 16) : "%" + String(byte, radix: 16)
            }
        }.joined()
    }
}

extension Page {
    /// The form that posts to `action`; one without an action posts to the page's own address.
    func form(action: String, at path: String) throws -> Form {
        try root.form(action: action, at: path)
    }
}

extension Element {
    /// The same inside a part of a page.
    func form(action: String, at path: String) throws -> Form {
        let form = first { $0.name == "form" && $0["method"]?.lowercased() == "post" && ($0["action"] ?? path) == action }
        guard let form else { throw Failure("no form posts to \(action) on \(path)") }
        return Form(form, action: action)
    }
}
