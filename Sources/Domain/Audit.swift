/// What is written down for good: who came in or tried to, who changed whose rights, the connection, and what left the house.
package struct AuditEntry: Sendable, Hashable {
    package typealias ID = Identifier<AuditEntry>

    package let id: ID
    package let time: Timestamp
    /// Nil where nobody is known: a sign-in that failed under an unknown name.
    package let member: Member?
    package let address: String
    package let action: AuditAction
    /// Whom or what it was done to, in words; never a secret.
    package let subject: String

    package init(id: ID, time: Timestamp, member: Member?, address: String, action: AuditAction, subject: String) {
        self.id = id
        self.time = time
        self.member = member
        self.address = address
        self.action = action
        self.subject = subject
    }
}

package enum AuditAction: String, Sendable, CaseIterable {
    case signedIn = "signed_in"
    case signInFailed = "sign_in_failed"
    case signedOut = "signed_out"
    case sessionEnded = "session_ended"
    case memberAdded = "member_added"
    case memberDisabled = "member_disabled"
    case memberEnabled = "member_enabled"
    case roleChanged = "role_changed"
    case passwordChanged = "password_changed"
    case inviteMade = "invite_made"
    case inviteRevoked = "invite_revoked"
    case tokenMade = "token_made"
    case tokenRevoked = "token_revoked"
    case connectionChanged = "connection_changed"
    case connectionTested = "connection_tested"
    case approved
    case approvalWithdrawn = "approval_withdrawn"
    case exported
    case deleted

    /// As it stands in a list.
    package var words: String {
        switch self {
        case .signedIn: "signed in"
        case .signInFailed: "could not sign in"
        case .signedOut: "signed out"
        case .sessionEnded: "ended a sign-in"
        case .memberAdded: "became a member"
        case .memberDisabled: "disabled a member"
        case .memberEnabled: "let a member in again"
        case .roleChanged: "changed a role"
        case .passwordChanged: "set a password"
        case .inviteMade: "made an invite"
        case .inviteRevoked: "revoked an invite"
        case .tokenMade: "made an API token"
        case .tokenRevoked: "revoked an API token"
        case .connectionChanged: "changed the connection"
        case .connectionTested: "tested the connection"
        case .approved: "approved"
        case .approvalWithdrawn: "withdrew an approval"
        case .exported: "exported"
        case .deleted: "deleted"
        }
    }
}

/// On whose behalf something is done, for the audit.
package struct Actor: Sendable, Hashable {
    package let member: Member.ID?
    /// Where from: an IP address, or `shell`.
    package let address: String

    package init(member: Member.ID?, address: String) {
        self.member = member
        self.address = address
    }
}
