/// Parts of a brief under a name, such as "our voice", which anyone can lay over a brief of their own.
package struct Preset: Sendable, Hashable {
    package typealias ID = Identifier<Preset>

    package enum Limits {
        package static let name = 60
        /// More than a person looks through in one list.
        package static let count = 100
        /// Of the words of the voice and of each selling point, which a brief alone does not bound: what the name of a product may have.
        package static let words = Brief.Limits.name
        /// How long a deleted one can be brought back.
        package static let trash = Script.Limits.trash
    }

    package let id: ID
    package let name: Name
    package let parts: Parts
    /// Who made it.
    package let member: String
    /// Who changed it last, and when.
    package let editor: String
    package let changed: Timestamp
    /// Counts the changes, so that nobody overwrites what they have not seen.
    package let revision: Int
    package let trashed: Timestamp?

    package init(
        id: ID, name: Name, parts: Parts, member: String, editor: String, changed: Timestamp, revision: Int, trashed: Timestamp?
    ) {
        self.id = id
        self.name = name
        self.parts = parts
        self.member = member
        self.editor = editor
        self.changed = changed
        self.revision = revision
        self.trashed = trashed
    }
}

extension Preset {
    /// One line. Two names that differ in case and accents alone are one name.
    package struct Name: Sendable, Hashable {
        package let text: String

        package var key: String { Folding.key(of: text) }

        package init(_ typed: String) throws(InvalidName) {
            let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !text.isEmpty else { throw InvalidName(words: "Give the preset a name.") }
            guard text.utf16.count <= Limits.name, !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else { throw InvalidName(words: "A name is one line of at most \(Limits.name) characters.") }
            self.text = text
        }

        /// - Parameter text: a name that was one when it was saved.
        package init(saved text: String) {
            self.text = text
        }
    }

    package struct InvalidName: Error, Sendable, Hashable {
        package let words: String
    }

    /// What of a brief is saved together. The notice is in none, since it is confirmed for each brief anew, and neither are the videos,
    /// which belong to a connection.
    package enum Section: String, Sendable, CaseIterable {
        case voice, scripts, product, media, prompt

        package var fields: [BriefField] {
            switch self {
            case .voice: [.tone, .style, .pointOfView, .industry]
            case .scripts: [.count, .language, .duration]
            case .product: [.name, .brand, .description, .price, .currency, .sellingPoints]
            case .media: [.images]
            case .prompt: [.prompt]
            }
        }
    }

    /// What it sets, as it was typed: only what is filled in.
    package struct Parts: Sendable, Hashable {
        fileprivate let texts: [BriefField: String]

        /// - Parameter sections: those to save.
        package init(_ sections: [Section], of form: BriefForm) {
            var texts: [BriefField: String] = [:]
            for field in sections.flatMap(\.fields) {
                guard let path = BriefForm.path(of: field) else { continue }
                if !form[keyPath: path].isBlank { texts[field] = form[keyPath: path] }
            }
            self.texts = texts
        }

        package var isEmpty: Bool { texts.isEmpty }

        package subscript(field: BriefField) -> String? { texts[field] }

        /// In the order of the sections.
        package var fields: [BriefField] {
            Section.allCases.flatMap(\.fields).filter { texts[$0] != nil }
        }

        /// What a brief could not be sent with, by the brief's own rules.
        package var mistakes: [Mistake] {
            var form = BriefForm()
            form.apply(self)
            var found: [Mistake] = []
            // Each source leaves some fields unread.
            for source in ScriptSource.allCases {
                form.source = source.rawValue
                do throws(InvalidForm) {
                    _ = try Brief(form, offering: [])
                } catch {
                    found += error.mistakes.filter { texts[$0.field] != nil && !found.contains($0) }
                }
            }
            for field in Section.voice.fields where texts[field].map({ $0.utf16.count > Limits.words }) == true {
                found.append(Mistake(field, "A preset keeps at most \(Limits.words) characters of this."))
            }
            if form.sellingPoints.filledLines.contains(where: { $0.utf16.count > Limits.words }) {
                found.append(Mistake(.sellingPoints, "A preset keeps at most \(Limits.words) characters of each selling point."))
            }
            return found.inFormOrder
        }
    }
}

/// By the names of the fields, so that a field that a later version adds does not make an older one stumble.
extension Preset.Parts: Codable {
    package init(from decoder: any Decoder) throws {
        let named = try decoder.singleValueContainer().decode([String: String].self)
        let known = named.compactMap { name, text in BriefField(rawValue: name).map { ($0, text) } }
        texts = Dictionary(uniqueKeysWithValues: known)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(uniqueKeysWithValues: texts.map { ($0.rawValue, $1) }))
    }
}

/// A preset that can be saved.
package struct NewPreset: Sendable, Hashable {
    package let name: Preset.Name
    package let parts: Preset.Parts

    package init(name: String, _ sections: [Preset.Section], of form: BriefForm) throws(InvalidPreset) {
        let parts = Preset.Parts(sections, of: form)
        var sectionsWords: String?
        if sections.isEmpty {
            sectionsWords = "Choose what the preset is to set."
        } else if parts.isEmpty {
            sectionsWords = "Nothing is filled in there yet: a preset sets only what is."
        }
        let mistakes = parts.mistakes
        let valid: Preset.Name
        do throws(Preset.InvalidName) {
            valid = try Preset.Name(name)
        } catch {
            throw InvalidPreset(name: error.words, sections: sectionsWords, mistakes: mistakes)
        }
        guard sectionsWords == nil, mistakes.isEmpty else { throw InvalidPreset(name: nil, sections: sectionsWords, mistakes: mistakes) }
        self.name = valid
        self.parts = parts
    }
}

/// Everything that keeps a preset from being saved, at once.
package struct InvalidPreset: Error, Sendable, Hashable {
    /// What is said at the name and at the choice of sections; nil where that is right.
    package let name: String?
    package let sections: String?
    /// Of the fields that it would set.
    package let mistakes: [Mistake]
}

extension BriefForm {
    /// Lays a preset over what is typed; what it does not set stays. A prompt is sent only of a brief that is about one, so who sets a
    /// prompt says that this is.
    package mutating func apply(_ parts: Preset.Parts) {
        for (field, text) in parts.texts {
            guard let path = Self.path(of: field) else { continue }
            self[keyPath: path] = text
        }
        if parts[.prompt] != nil { source = ScriptSource.custom.rawValue }
    }

    /// Where a field that a preset may set stands.
    fileprivate static func path(of field: BriefField) -> WritableKeyPath<BriefForm, String>? {
        switch field {
        case .prompt: \.prompt
        case .name: \.name
        case .brand: \.brand
        case .description: \.description
        case .price: \.price
        case .currency: \.currency
        case .sellingPoints: \.sellingPoints
        case .images: \.images
        case .tone: \.tone
        case .style: \.style
        case .pointOfView: \.pointOfView
        case .industry: \.industry
        case .count: \.count
        case .language: \.language
        case .duration: \.duration
        case .source, .notice, .videos: nil
        }
    }
}
