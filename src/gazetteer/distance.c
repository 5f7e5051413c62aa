#include <math.h>

#include "gazetteer/gazetteer.h"

#define EARTH_KM 6371.0088
#define DEGREE (3.14159265358979323846 / 180)

double gazetteer_distance(double lat1, double lon1, double lat2, double lon2)
{
    double a = sin((lat2 - lat1) * DEGREE / 2), b = sin((lon2 - lon1) * DEGREE / 2);
    double h = a * a + cos(lat1 * DEGREE) * cos(lat2 * DEGREE) * b * b;

    return 2 * EARTH_KM * asin(sqrt(h < 1 ? h : 1));
}
