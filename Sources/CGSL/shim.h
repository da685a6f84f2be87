// The parts of the GNU Scientific Library that the package uses, and getters for its globals: Swift 6 does not import a
// C global variable of pointer type as safe to share, and these never change.

#ifndef RDBOUNDS_CGSL_SHIM_H
#define RDBOUNDS_CGSL_SHIM_H

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>

static inline const gsl_root_fsolver_type *rdbounds_brent_root_solver(void) { return gsl_root_fsolver_brent; }

#endif
