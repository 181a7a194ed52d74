#!/bin/sh
# cargo's RUSTC_WRAPPER: has the library and its tests count what of them ran. Not the references
# of tests/parity.rs, which would take minutes each, nor what generic functions of the library
# are compiled into them; they bring along what writes the counts.
counted="-Cinstrument-coverage -Zcoverage-options=branch"
case " $* " in
    *" --crate-name parity "*) exec "$@" -Clink-arg=-Wl,-u,__llvm_profile_runtime ;;
    *" --crate-name logitude "* | *" --test "*) exec "$@" $counted ;;
    *) exec "$@" ;;
esac
