//! Use cases whose signatures stand and whose bodies are being written.
use crate::{Caller, Result, Service};
use types::{ErrorCode, identity::*, ids::*, roll::*};

macro_rules! soon { ($($(#[$d:meta])* $name:ident($($arg:ident: $ty:ty),*) -> $out:ty;)*) => { impl Service { $(
    #[doc = "See README.md."]
    #[expect(clippy::unused_async, reason = "being written")]
    pub async fn $name(&self, $($arg: $ty),*) -> Result<$out> { $(let _ = $arg;)* Err(ErrorCode::Internal.into()) }
)* } } }

soon! {
    sign_up(caller: &Caller, form: SignUp) -> NewSession;
    sign_in(caller: &Caller, form: SignIn) -> NewSession;
    sign_out(caller: &Caller) -> ();
    sessions(caller: &Caller) -> Vec<SessionView>;
    end_session(caller: &Caller, session: SessionId) -> ();
    end_other_sessions(caller: &Caller) -> ();
    change_password(caller: &Caller, form: ChangePassword) -> ();
    me(caller: &Caller) -> Me;
    set_mail(caller: &Caller, form: MailSettings) -> ();
    confirm_email(token: &str) -> ();
    unsubscribe(token: &str) -> ();
    notices(caller: &Caller, after: Option<String>) -> NoticePage;
    mark_read(caller: &Caller, notice: Option<NoticeId>) -> ();
    verify_by_code(caller: &Caller, form: VerifyByCode) -> Identity;
    desk_ticket(caller: &Caller) -> DeskTicket;
    desk_open(caller: &Caller, token: &str) -> DeskApplicant;
    desk_verify(caller: &Caller, form: DeskVerify) -> Identity;
    release_verification(caller: &Caller, person: PersonId) -> ();
    areas(caller: &Caller) -> Vec<AreaView>;
    my_areas(caller: &Caller) -> Vec<AreaView>;
    create_area(caller: &Caller, form: NewArea) -> AreaView;
    roles(caller: &Caller, area: AreaId) -> Vec<RoleView>;
    grant_role(caller: &Caller, form: RoleGrant) -> ();
    revoke_role(caller: &Caller, account: AccountId, role: Role, area: AreaId) -> ();
    roll_counts(caller: &Caller, area: AreaId) -> RollCounts;
    persons(caller: &Caller, query: PersonQuery) -> PersonPage;
    issue_letters(caller: &Caller, form: LetterRequest) -> LetterBatch;
    roll_template(kind: TemplateKind) -> Vec<u8>;
    import_preview(caller: &Caller, area: AreaId, file_name: &str, bytes: Vec<u8>) -> ImportId;
    import_status(caller: &Caller, import: ImportId) -> ImportView;
    imports(caller: &Caller, area: AreaId) -> Vec<ImportView>;
    import_apply(caller: &Caller, import: ImportId) -> ();
    import_cancel(caller: &Caller, import: ImportId) -> ();
}
