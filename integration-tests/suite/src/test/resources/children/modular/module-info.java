module app {
    requires java.sql;
}
