// The parts of the GNU Scientific Library that the package uses, and getters for its globals: Swift 6 does not import a
// C global variable of pointer type as safe to share, and these never change.

#ifndef RDBOUNDS_CGSL_SHIM_H
#define RDBOUNDS_CGSL_SHIM_H

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_fft_real.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_erf.h>

static inline const gsl_root_fsolver_type *rdbounds_brent_root_solver(void) { return gsl_root_fsolver_brent; }
static inline const gsl_min_fminimizer_type *rdbounds_brent_minimizer(void) { return gsl_min_fminimizer_brent; }

#endif
