//! The reference service of Concordat.
