//! The use cases over a real database: on SQLite, and on PostgreSQL where it is installed.

mod accounts;
mod desk;
mod inbox;
mod jobs;
mod letters;
mod permissions;
mod roll;
mod world;

/// Makes a test of an `async fn story(world: World)` for each engine.
#[macro_export]
macro_rules! stories {
    ($($(#[$doc:meta])* async fn $name:ident($world:ident: World) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn story($world: World) $body

            #[tokio::test]
            async fn sqlite() {
                story(World::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(world) = World::on_postgres().await {
                    story(world).await;
                }
            }
        }
    )*};
}
